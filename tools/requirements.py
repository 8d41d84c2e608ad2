"""Keeps docs/requirements.md true: each row's state comes from the tests that carry its mark.

python -m tools.requirements            writes the states anew
python -m tools.requirements --check    exits with 1 where the page is out of date
python -m tools.requirements --rows F   takes the rows' words from a requirement table in Markdown first
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "requirements.md"
ROW = re.compile(r"^\| (R\d{3}) \| (.+?) \| (?:open|shown) \| .*\|$", re.MULTILINE)
GIVEN = re.compile(r"^\| (R\d{3}) \| \d+ \| .+? \| ([^|]+?) \| [^|]+ \|$", re.MULTILINE)
HEAD = """# Requirements

What Stoa must do, row by row. A row is *shown* when tests carry its mark (`@pytest.mark.req("R115")`), and *open* until
then; a row can be shown in part. Made by `python -m tools.requirements`.

| row | what Stoa does | state | tests |
|---|---|---|---|
"""


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit with 1 where the page is out of date"
    )
    parser.add_argument("--rows", type=Path, help="a requirement table to take the rows' words from")
    options = parser.parse_args()
    given, now = options.rows, PAGE.read_text() if PAGE.exists() else ""
    words = dict(GIVEN.findall(given.read_text())) if given else dict(ROW.findall(now))
    new = page(words, marks(ROOT))
    if options.check and new != now:
        print("docs/requirements.md is out of date: run `python -m tools.requirements`")
        return 1
    if not options.check:
        PAGE.write_text(new)
    return 0


def page(words: Mapping[str, str], shown: Mapping[str, list[str]]) -> str:
    """The page for these rows. Raises KeyError for a mark that names no row."""
    unknown = sorted(set(shown) - set(words))
    if unknown:
        raise KeyError(f"tests name rows that there are none of: {', '.join(unknown)}")
    rows = [
        f"| {row} | {words[row]} | {'shown' if row in shown else 'open'} | {'<br>'.join(shown.get(row, []))} |"
        for row in sorted(words)
    ]
    counted = f"\n{len(shown)} of {len(words)} rows have tests.\n"
    return HEAD + "\n".join(rows) + "\n" + counted


def marks(root: Path) -> dict[str, list[str]]:
    """Row number to the tests that carry it, as `path::name`."""
    shown: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for folder in ("stoa", "tests", "tools") for path in (root / folder).rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        everywhere = list(_rows(node.value for node in tree.body if isinstance(node, ast.Assign) and _is_mark(node)))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in dict.fromkeys([*everywhere, *_rows(node.decorator_list)]):
                    shown[row].append(f"`{path.relative_to(root).as_posix()}::{node.name}`")
    return shown


def _is_mark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _rows(expressions: Iterator[ast.expr] | list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "req":
                yield from (
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )


if __name__ == "__main__":
    sys.exit(main())
