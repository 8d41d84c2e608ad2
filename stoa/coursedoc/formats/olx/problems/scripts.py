"""Scripts of problems: whether the problem hangs on them, and checks that accept every answer."""

import ast
import re
from collections.abc import Iterable
from typing import TypeGuard

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
    parts = list(ast.walk(function))
    if any(isinstance(part, ast.Raise | ast.Assert) for part in parts):
        return False
    sure = _always_found(parts)
    never = {id(part) for test in parts if _asks(test, sure) for branch in test.orelse for part in ast.walk(branch)}
    returns = [part for part in parts if isinstance(part, ast.Return) and id(part) not in never]
    return _ends(function.body, sure) and all(_is_true(told.value) for told in returns)


def _always_found(parts: Iterable[ast.AST]) -> set[str]:
    """Names that only ever hold the match of an empty pattern, which is in every answer."""
    names = [part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    found = {
        part.targets[0].id
        for part in parts
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name) and _matches_all(part.value)
    }
    return {name for name in found if names.count(name) == 1}


def _matches_all(value: ast.expr) -> bool:
    if not isinstance(value, ast.Call) or not value.args:
        return False
    pattern = value.args[0]
    empty = isinstance(pattern, ast.Constant) and pattern.value == ""
    return empty and ast.unparse(value.func) in {"re.search", "re.match"}


def _asks(part: ast.AST, sure: set[str]) -> TypeGuard[ast.If]:
    """Whether this asks for what is always so."""
    return isinstance(part, ast.If) and isinstance(part.test, ast.Name) and part.test.id in sure


def _ends(body: list[ast.stmt], sure: set[str]) -> bool:
    """Whether every way through these lines ends in an answer."""
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return _ends(last.body, sure) and (_asks(last, sure) or _ends(last.orelse, sure))
    return isinstance(last, ast.Return)


def _is_true(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Constant):
        return value.value is True or (type(value.value) in {int, float} and value.value != 0)
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
