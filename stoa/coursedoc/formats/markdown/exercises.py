"""The plain notation for exercises: words, and fenced code that says what it is for."""

import re
from collections.abc import Mapping
from typing import cast

from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown.notation import Chunk, code_lines, stripped, write_fence

_CODE = re.compile(r"(`{3,}|~{3,})[ \t]*(\S*)[ \t]+(starter|tests|solution)[ \t]*$")
_HINT = re.compile(r"Hint:(?:[ \t]+(.*))?$")


def read(body: Chunk) -> dict[str, Json]:
    """The fields of an exercise, from its lines."""
    found: dict[str, Json] = {}
    words: list[str] = []
    hints: list[list[str]] = []
    in_code = code_lines(body.lines)
    n = 0
    while n < len(body.lines):
        line = body.lines[n]
        code = _CODE.match(line) if in_code[n] else None
        hint = None if in_code[n] else _HINT.match(line)
        if code and code[3] not in found:
            end = _end(body.lines, n, code[1])
            found[code[3]] = "".join(f"{one}\n" for one in body.lines[n + 1 : end])
            found |= {"language": code[2]} if code[2] and code[2] != "python" else {}
            n = end
        elif hint:
            hints.append([hint[1] or ""])
        else:
            (hints[-1] if hints else words).append(line)
        n += 1
    texts: dict[str, Json] = {"text": stripped(words), "hints": [stripped(hint) for hint in hints]}
    return found | {name: value for name, value in texts.items() if value}


def _end(lines: tuple[str, ...], opened: int, fence: str) -> int:
    return next((n for n in range(opened + 1, len(lines)) if lines[n].rstrip() == fence), len(lines))


def write(exercise: Mapping[str, Json]) -> str:
    """The exercise in plain notation."""
    language = str(exercise.get("language", "python"))
    parts = [str(exercise["text"])] if "text" in exercise else []
    parts += [
        write_fence(f"{language} {role}", str(exercise[role]))
        for role in ("starter", "tests", "solution")
        if role in exercise
    ]
    parts += [f"Hint: {hint}" for hint in cast("list[Json]", exercise.get("hints", []))]
    return "\n\n".join(parts)
