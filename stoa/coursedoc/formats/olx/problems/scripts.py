"""Scripts of problems: whether the problem hangs on them, and checks that accept every answer."""

import ast
import re
from collections.abc import Iterable

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.xml import source_of

ASSIGNED = re.compile(r"(?m)(?:^|;)[ \t]*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?:[-+*/]?=)(?!=)")
LONGEST = 80
VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")


def uses_variables(body: XmlElement, python: Iterable[str]) -> bool:
    """Whether words or answers of the problem come out of a script."""
    assigned = {name.strip() for script in python for names in ASSIGNED.findall(script) for name in names.split(",")}
    return bool(assigned) and any(_starts_with_one(name, assigned) for name in VARIABLE.findall(source_of(body)))


def _starts_with_one(name: str, assigned: set[str]) -> bool:
    """`$xy` is `x` and a letter where only `x` is assigned."""
    return any(name[:length] in assigned for length in range(1, min(len(name), LONGEST) + 1))


def accepts_everything(response: XmlElement, python: Iterable[str]) -> bool:
    """Whether a response's own check can only say yes."""
    name = (response.get("cfn") or "").strip()
    if not name or response.find(".//answer") is not None:
        return False
    for script in python:
        function = _function(script, name)
        if function is not None:
            return _only_true(function)
    return False


def _function(script: str, name: str) -> ast.FunctionDef | None:
    try:
        tree = ast.parse(_dedented(script))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = [part for part in ast.walk(tree) if isinstance(part, ast.FunctionDef) and part.name == name]
    return found[-1] if found else None


def _dedented(script: str) -> str:
    lines = script.expandtabs().strip("\n").splitlines()
    first = next((line for line in lines if line.strip()), "")
    margin = len(first) - len(first.lstrip())
    return "\n".join(line[margin:] if not line[:margin].strip() else line for line in lines)


def _only_true(function: ast.FunctionDef) -> bool:
    returns = [part for part in ast.walk(function) if isinstance(part, ast.Return)]
    raises = any(isinstance(part, ast.Raise | ast.Assert) for part in ast.walk(function))
    ends = isinstance(function.body[-1], ast.Return)
    return ends and not raises and all(_is_true(told.value) for told in returns)


def _is_true(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Constant):
        return value.value is True
    if not isinstance(value, ast.Dict):
        return False
    pairs = zip(value.keys, value.values, strict=True)
    told = {key.value: inner for key, inner in pairs if isinstance(key, ast.Constant)}
    if "grade_decimal" in told:
        return False
    if isinstance(told.get("input_list"), ast.List):
        listed = told["input_list"]
        return isinstance(listed, ast.List) and all(_is_true(entry) for entry in listed.elts)
    return _is_true(told.get("ok"))
