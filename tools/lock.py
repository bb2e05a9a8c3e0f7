"""Lock what is installed, with hashes and without the address of any registry."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".tools" / "bin" / "uv"
FLAGS = ["--quiet", "--generate-hashes", "--no-emit-index-url", "--no-header", "--universal"]
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--extra", "dev"],
    "tools/uv.txt": ["--group", "pyproject.toml:installer"],
    "tools/build.txt": ["--group", "pyproject.toml:build"],
}

for name, what in LOCKS.items():
    print(f"▸ {name}", flush=True)
    subprocess.run(
        [UV, "pip", "compile", *what, *FLAGS, "--python-version", "3.11", "--output-file", name], cwd=ROOT, check=True
    )
