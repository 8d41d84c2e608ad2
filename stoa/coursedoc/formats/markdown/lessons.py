"""The steps of a lesson, from the lines of its file and back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from stoa.coursedoc import canonical
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import fields, item_writing, naming, notation
from stoa.coursedoc.formats.markdown.items import Reader
from stoa.coursedoc.formats.markdown.notation import Block, Chunk, Head, Heading
from stoa.coursedoc.formats.markdown.troubles import Troubles
from stoa.coursedoc.model.courses import Step

Piece = Chunk | Heading | Block


def read_steps(chunk: Chunk, *, lesson_id: str, title: str, troubles: Troubles) -> tuple[Step, ...]:
    """The steps between the headings; words before the first heading are a step by the lesson's title."""
    start = Heading(head=Head(title=title), line=chunk.first)
    groups: list[tuple[Heading, list[Piece]]] = [(start, [])]
    for piece in notation.pieces(chunk):
        if isinstance(piece, Heading):
            groups.append((piece, []))
        else:
            groups[-1][1].append(piece)
    told = [group for group in groups if group[1] or group[0] is not start]
    return tuple(_step(heading, inside, lesson_id, chunk.place, troubles) for heading, inside in told)


def _step(heading: Heading, inside: list[Piece], lesson_id: str, place: str, troubles: Troubles) -> Step:
    head = heading.head
    values: dict[str, Json] = {"id": head.id or naming.step_id(lesson_id, head.title), "title": head.title}
    first = inside[0] if inside else None
    try:
        values |= fields.read(Step, head.attributes)
        if isinstance(first, Block) and first.kind == "step":
            inside = inside[1:]
            values |= json.loads("\n".join(first.body.lines))
        step = canonical.from_values(Step, values)
    except (ValueError, RecursionError) as error:
        troubles.fault(str(error), "docs/course-format.md shows how.", place=place, line=heading.line)
        step = Step(id=str(values["id"]), title=head.title)
    return replace(step, items=Reader(names=naming.Names(step.id), troubles=troubles).items(inside))


def write_steps(steps: Sequence[Step], lesson_id: str) -> str:
    """The steps, each under its heading."""
    return "\n\n".join(_write_step(step, lesson_id) for step in steps)


def _write_step(step: Step, lesson_id: str) -> str:
    items = item_writing.write(step.items, step.id)
    values = cast("dict[str, Json]", canonical.as_values(replace(step, items=())))
    plain = f"# {notation.write_head(step.title, step.id, fields.write(Step, values))}"
    whole = "\n\n".join([plain, *([items] if items else [])])
    if _read_back(whole, lesson_id) == (step,):
        return whole
    full = notation.write_block("step", "", json.dumps(values, ensure_ascii=False, indent=2))
    return "\n\n".join(["#", full, *([items] if items else [])])


def _read_back(written: str, lesson_id: str) -> tuple[Step, ...]:
    return read_steps(notation.chunk_of(written, ""), lesson_id=lesson_id, title="", troubles=Troubles())
