"""The wheel: everything that `pip install` needs for `wolong up`, shipped standards included, in dist/."""

import shutil

from bootstrap import BUILD_LOCK, ROOT, mirror_of_pip, say, uv

DIST = ROOT / "dist"


def main() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    uv("build", "--wheel", "--build-constraints", str(BUILD_LOCK), "--out-dir", str(DIST), str(ROOT), **mirror_of_pip())
    (wheel,) = DIST.glob("*.whl")
    say(f"dist/{wheel.name}（{wheel.stat().st_size / 1024:.0f} kB）")


if __name__ == "__main__":
    main()
