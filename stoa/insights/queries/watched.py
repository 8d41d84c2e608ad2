"""What is watched of each MOOC video of a run."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import drawn_of, named, rows_of, whole_number
from stoa.insights.queries.numbers import count
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts.specification import Kind, Row

STRETCH = 5
"""Seconds."""


def videos_drawn(answer: CoursePage) -> Iterator[Drawn]:
    """A heat strip of each."""
    segments = rows_of(answer.tables.get("heat"))
    videos = rows_of(answer.tables.get("videos"))
    for place, (video, name) in enumerate(zip(videos, named(videos, "video"), strict=True), start=1):
        mine = [one for one in segments if one["object"] == video["object"]]
        rows = [
            Row(
                key=str(one["segment"]),
                label=_clock(STRETCH * whole_number(one["segment"])),
                value=whole_number(one["views"]),
            )
            for one in mine
        ]
        said = {name: count(whole_number(video[name])) for name in ("viewers", "plays", "seeks")}
        made = drawn_of(
            answer,
            f"video-{place}",
            part="heat",
            kind=Kind.HEAT,
            title=name,
            caption=_("%(viewers)s viewers, %(plays)s plays, %(seeks)s jumps") % said,
            rows=rows,
            definition=_(
                "How often every five seconds were watched, from play to pause, jump or end; again counts again."
            ),
            unit=_("views"),
        )
        yield replace(made, rows=tuple(tuple(one.values()) for one in mine))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
