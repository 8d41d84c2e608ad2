"""The signs of the format: front matter, headings, blocks between colons, attributes in braces, fenced code."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stoa.coursedoc.canonical import Json

Value: TypeAlias = str | bool
Attributes: TypeAlias = Mapping[str, Value]

_OPENING = re.compile(r"(:{3,})[ \t]+([a-z][a-z-]*)(?:[ \t]+(.*))?")
_HEADING = re.compile(r"#(?:[ \t]+(.*))?")
_MARK = r'(?:#[^\s{}"=]+|[a-z][a-z_-]*(?:=(?:"(?:[^"\\]|\\.)*"|[^\s{}"]+))?)'
_TOKENS = re.compile(_MARK)
_BRACES = re.compile(r"(?:^|(?<=[ \t]))\{(" + _MARK + r"(?:[ \t]+" + _MARK + r")*)\}$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BARE = re.compile(r'[^\s{}"]+')


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some lines of a file, and where they stand."""

    place: str
    first: int
    """The line of the file that the first one is."""
    lines: tuple[str, ...]

    def cut(self, start: int, end: int) -> "Chunk":
        """The lines from `start` up to, not including, `end`."""
        return Chunk(place=self.place, first=self.first + start, lines=self.lines[start:end])

    def text(self) -> str:
        """The lines as one text, without the blank ones around it."""
        return stripped(self.lines)


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands on the first line of a step or a block."""

    title: str = ""
    id: str = ""
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The first line of a step."""

    head: Head
    line: int


@dataclass(frozen=True, kw_only=True)
class Block:
    """`::: kind Title {#id …}`, lines, `:::`."""

    kind: str
    head: Head
    body: Chunk
    line: int
    closed: bool = True


def chunk_of(source: str, place: str) -> Chunk:
    """The lines of a file."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return Chunk(place=place, first=1, lines=tuple(lines))


def stripped(lines: Sequence[str]) -> str:
    """The lines as one text, without the blank ones around it."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[told[0] : told[-1] + 1]) if told else ""


def front_matter(chunk: Chunk) -> tuple[Chunk, Chunk]:
    """The lines between the first `---` and the next one, and those behind."""
    if chunk.lines[0].rstrip() != "---":
        return chunk.cut(0, 0), chunk
    end = next((n for n, line in enumerate(chunk.lines) if n and line.rstrip() == "---"), len(chunk.lines))
    return chunk.cut(1, end), chunk.cut(end + 1, len(chunk.lines))


def pieces(chunk: Chunk) -> Iterator[Chunk | Heading | Block]:
    """The headings, the blocks and the words between them, in order."""
    start = n = 0
    fences = Fences()
    while n < len(chunk.lines):
        found = None if fences.take(chunk.lines[n]) else _heading(chunk, n) or _block(chunk, n)
        if found:
            yield from _words(chunk.cut(start, n))
            yield found
            start = n + (len(found.body.lines) + 2 if isinstance(found, Block) else 1)
        n = max(n + 1, start)
    yield from _words(chunk.cut(start, n))


def _heading(chunk: Chunk, n: int) -> Heading | None:
    match = _HEADING.fullmatch(chunk.lines[n])
    return Heading(head=read_head(match[1] or ""), line=chunk.first + n) if match else None


def _block(chunk: Chunk, n: int) -> Block | None:
    match = _OPENING.fullmatch(chunk.lines[n])
    if not match:
        return None
    end = _closing(chunk.lines, n, match[1])
    body = chunk.cut(n + 1, end)
    closed = end < len(chunk.lines)
    return Block(kind=match[2], head=read_head(match[3] or ""), body=body, line=chunk.first + n, closed=closed)


def _words(chunk: Chunk) -> Iterator[Chunk]:
    if chunk.text():
        yield chunk


def _closing(lines: Sequence[str], opened: int, colons: str) -> int:
    return next((n for n in range(opened + 1, len(lines)) if lines[n].rstrip() == colons), len(lines))


class Fences:
    """Watches lines go by, and says which are part of fenced code."""

    def __init__(self) -> None:
        self._open = ""

    def take(self, line: str) -> bool:
        """Whether this line, after those before it, is part of fenced code."""
        match = _FENCE.match(line)
        if self._open:
            if match and match[1].startswith(self._open) and not match[2].strip():
                self._open = ""
            return True
        self._open = match[1] if match and not (match[1][0] == "`" and "`" in match[2]) else ""
        return bool(self._open)


def code_lines(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it is part of fenced code."""
    fences = Fences()
    return [fences.take(line) for line in lines]


def read_head(written: str) -> Head:
    """The title, and what stands in braces behind it."""
    match = _BRACES.search(written.strip())
    if not match:
        return Head(title=written.strip())
    found = _TOKENS.findall(match[1])
    name = next((one[1:] for one in found if one.startswith("#")), "")
    attributes = dict(_attribute(one) for one in found if not one.startswith("#"))
    return Head(title=written.strip()[: match.start()].strip(), id=name, attributes=attributes)


def _attribute(token: str) -> tuple[str, str | bool]:
    name, sign, value = token.partition("=")
    name = name.replace("-", "_")
    return name, (str(json.loads(value)) if value.startswith('"') else value) if sign else True


def write_head(title: str, head_id: str, attributes: Mapping[str, Json]) -> str:
    """The title, and the rest in braces behind it."""
    tokens = [f"#{head_id}"] if head_id else []
    tokens += [_write_attribute(name.replace("_", "-"), value) for name, value in attributes.items()]
    return " ".join([*([title] if title else []), *([f"{{{' '.join(tokens)}}}"] if tokens else [])])


def _write_attribute(name: str, value: Json) -> str:
    if value is True:
        return name
    written = value if isinstance(value, str) else json.dumps(value)
    return f"{name}={written}" if _BARE.fullmatch(written) else f"{name}={json.dumps(written, ensure_ascii=False)}"


def write_block(kind: str, head: str, body: str) -> str:
    """The block, between more colons than any line inside begins with."""
    longest = max((len(found[0]) for found in re.finditer(r"^:+", body, re.MULTILINE)), default=2)
    colons = ":" * max(3, longest + 1)
    return "\n".join([f"{colons} {kind} {head}".rstrip(), *([body] if body else []), colons])


def write_fence(info: str, code: str) -> str:
    """Fenced code; `code` ends with a newline."""
    longest = max((len(found[0]) for found in re.finditer(r"`{3,}", code)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{info}\n{code}{ticks}"
