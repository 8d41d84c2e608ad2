"""Logs of learners who try MOOC videos in some countries."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.answers import Media
from stoa.insights.rules.dimensions import View
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.rules.wire import read, written

COURSE = "course-v1:Uni+Bees+2026"
NOW = 1_790_000_000_000_000


def countries(ips: Sequence[str]) -> list[str | None]:
    """The country of each address: its second number tells."""
    known = {"1": "KE", "2": "FR", "3": "IN"}
    return [known.get(ip.split(".")[1]) for ip in ips]


def event(number: int, kind: str, *, country: int, at: str = "2026-09-20T10:00:00", course: str = COURSE) -> str:
    """A line of the log: a learner's enrolment, play or failure, from an address in a country."""
    video = {"id": f"block-v1:{course.removeprefix('course-v1:')}+type@video+block@film", "code": "no source plays"}
    told = {"course_id": course, "user_id": number, "mode": "audit"} if "enrollment" in kind else video
    return json.dumps(
        {
            "username": f"learner-{number}",
            "event_type": kind,
            "name": kind,
            "ip": f"8.{country}.0.{number % 250}",
            "session": f"{number}-{kind}-{at}",
            "event": json.dumps(told) if kind != "edx.course.enrollment.activated" else told,
            "event_source": "browser",
            "context": {"user_id": number, "course_id": course, "org_id": "Uni", "path": "/"},
            "time": f"{at}+00:00",
        }
    )


def tries(country: int, *, well: int, badly: int, first: int, at: str = "2026-09-20T10:00:00") -> Iterator[str]:
    """So many learners try a MOOC video well, and so many badly."""
    for number in range(first, first + well + badly):
        yield event(number, "edx.course.enrollment.activated", country=country, at=at)
        yield event(number, "play_video", country=country, at=at)
        if number >= first + well:
            yield event(number, "stoa.media.failed", country=country, at=at)


def a_counted_log(folder: Path, lines: Iterator[str] | Sequence[str]) -> Warehouse:
    """A warehouse of these lines."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{len(list(folder.glob('*.log')))}.log"
    log.write_text("".join(f"{line}\n" for line in lines))
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [log], now=NOW)
        build(warehouse, country=countries)
    return warehouse


def asked(
    warehouse: Warehouse, since: str = "day", view: View = View.TEAM, own: tuple[str, ...] | None = None
) -> Media:
    """What the engine answers."""
    question = Question(asked=Asked.MEDIA, name=since, view=view, own=own)
    return read(Media, Answers(warehouse).answer(written(question)))
