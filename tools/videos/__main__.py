"""python -m tools.videos SCRIPTS FOLDER: make the MOOC videos of every script in a folder."""

import sys
from pathlib import Path

from tools.videos import making, scripts


def main() -> None:
    """Make them all, or those named behind the folders."""
    source, target, *wanted = sys.argv[1:]
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(source).glob("*.yaml")):
        if not wanted or path.stem in wanted:
            length = making.make(scripts.read(path), folder)
            sizes = " ".join(
                f"{one.name} {one.stat().st_size // 1000} kB" for one in sorted(folder.glob(f"{path.stem}*"))
            )
            print(f"{path.stem}: {length:.1f} s; {sizes}")


main()
