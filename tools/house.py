"""House checks: what we care about most, each with the decision that says why.

python -m tools.house          prints what breaks and exits with 1, or nothing and 0
"""

import ast
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON_LINES, TEMPLATE_LINES, README_LINES = 400, 120, 30
BOUNDS = {"stoa/kernel/bus.py": 60, "config/settings.py": 150}
KERNEL_LINES = 500
TOP_LEVEL = 15
INLINE = re.compile(
    r"""<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")""", re.IGNORECASE
)
MARK = re.compile(r"#\s*(?:noqa\b|type:\s*ignore\b|mypy:|pragma:|ruff:)", re.IGNORECASE)
REASON = re.compile(
    r"(?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* -- |type: ignore\[[a-z, -]+\]  # |pragma: no cover -- )[^\s#]+ \w"
)
"""A mark that names what it overlooks, then at least two words."""
UNWRITTEN = {"tests", "migrations", "apps.py", "__init__.py"}


def main() -> int:
    """Run every check over the checkout."""
    broken = [str(problem) for check in CHECKS for problem in check(ROOT)]
    print(*broken, sep="\n", end="\n" if broken else "")
    return 1 if broken else 0


def long_files(root: Path) -> Iterator[str]:
    """No file is longer than a newcomer can hold."""
    for path in chain(_python(root, "stoa"), _python(root, "tools"), _python(root, "config"), _python(root, "bench")):
        name = path.relative_to(root).as_posix()
        bound, lines = BOUNDS.get(name, PYTHON_LINES), _lines(path)
        if lines > bound:
            yield f"{name}: {lines} lines, {bound} at the most: split it by noun (docs/decisions/0003)"
    kernel = sum(_lines(path) for path in (root / "stoa/kernel").glob("*.py"))
    if kernel > KERNEL_LINES:
        yield f"stoa/kernel: {kernel} lines, {KERNEL_LINES} at the most: it is no drawer (docs/decisions/0002)"


def templates(root: Path) -> Iterator[str]:
    """Templates only show: short, and without script or style of their own."""
    for path in sorted((root / "stoa").rglob("templates/**/*.html")):
        name, text = path.relative_to(root).as_posix(), path.read_text()
        if _lines(path) > TEMPLATE_LINES:
            yield f"{name}: {_lines(path)} lines, {TEMPLATE_LINES} at the most: one partial per thing"
        if found := INLINE.search(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{name}:{line}: inline script or style, which the Content-Security-Policy refuses"


def docstrings(root: Path) -> Iterator[str]:
    """Whatever has a public name says what it is."""
    for path in _python(root, "stoa"):
        if UNWRITTEN & set(path.relative_to(root).parts):
            continue
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                yield f"{path.relative_to(root)}:{node.lineno}: {node.name} has no docstring: say what, in a sentence"


def readmes(root: Path) -> Iterator[str]:
    """Every room says what it is for on one page."""
    for room in sorted(path.parent for path in (root / "stoa").glob("*/__init__.py")):
        readme = room / "README.md"
        if not readme.exists():
            yield f"{room.relative_to(root)}: no README.md: what the room is for, its words, its invariants"
        elif _lines(readme) > README_LINES:
            yield f"{readme.relative_to(root)}: {_lines(readme)} lines, {README_LINES} at the most"


def top_level(root: Path) -> Iterator[str]:
    """The first look at the project shows few things."""
    hidden = {".git", *(_ignored(root))}
    entries = sorted(path.name for path in root.iterdir() if path.name not in hidden)
    if len(entries) > TOP_LEVEL:
        yield f"{len(entries)} entries at the top level, {TOP_LEVEL} at the most: {', '.join(entries)}"


def locks(root: Path) -> Iterator[str]:
    """Lock files carry hashes and no addresses."""
    for path in (*(root / "config").glob("requirements*.txt"), *(root / "tools").rglob("package-lock.json")):
        if re.search(r"https?://", path.read_text()):
            yield f"{path.relative_to(root)}: names the address of a registry; `tools/lock` writes it without"


def marks(root: Path) -> Iterator[str]:
    """Whatever a checker is told to overlook has its reason beside it, in words."""
    for path in chain.from_iterable(_python(root, folder) for folder in ("stoa", "tools", "config", "bench", "tests")):
        with path.open("rb") as file:
            comments = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
        for comment in comments:
            if MARK.search(comment.string) and not REASON.search(comment.string):
                place = f"{path.relative_to(root)}:{comment.start[0]}"
                yield f"{place}: {comment.string}: remove the cause, or say why in words (CONTRIBUTING.md)"


Check = Callable[[Path], Iterator[str]]
CHECKS: tuple[Check, ...] = (long_files, templates, docstrings, readmes, top_level, locks, marks)


def _python(root: Path, folder: str) -> Iterator[Path]:
    return (path for path in sorted((root / folder).rglob("*.py")) if "migrations" not in path.parts)


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _ignored(root: Path) -> set[str]:
    patterns = (root / ".gitignore").read_text().splitlines()
    return {
        path.name for pattern in patterns for path in root.glob(pattern.strip("/")) if "/" not in pattern.strip("/")
    }


if __name__ == "__main__":
    sys.exit(main())
