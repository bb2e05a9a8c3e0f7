"""The wheel: everything that `pip install` needs for `wolong up`, shipped standards included, in dist/ (or the folder named)."""

import shutil
import sys
from pathlib import Path

from bootstrap import BUILD_LOCK, ROOT, mirror_of_pip, say, uv

DIST = ROOT / "dist"


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    uv(
        "build", "--wheel", "--build-constraints", str(BUILD_LOCK), "--out-dir", str(folder), str(ROOT), **mirror_of_pip()
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    say(f"{folder.name}/{wheel.name}（{wheel.stat().st_size / 1024:.0f} kB）")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DIST)
