"""Writes invented events as lines of an edX tracking log."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from stoa.insights.engine.demo.acts import Acts, names
from stoa.insights.engine.demo.people import Numbers
from stoa.insights.engine.demo.runs import Run
from stoa.insights.engine.kinds import Kind

Write = Callable[["Event"], str]


@dataclass(slots=True)
class Event:
    """One event on its way to a line."""

    run: Run
    user: int
    time: str
    object: str
    lesson: str
    a: int
    b: int
    flag: int


def lines_of(run: Run, acts: Acts, who: Numbers) -> Iterator[tuple[int, str]]:
    """Each event's time (microseconds since 1970) and line, in the order of `acts`."""
    keys = names(run.blocks)
    lessons = [block.parent.rpartition("@")[2] for block in run.blocks] + [""]
    times = np.datetime_as_string(acts.t.astype("datetime64[us]"), unit="us")
    columns = (acts.t, acts.kind, acts.object, acts.a, acts.b, acts.flag, who[acts.row])
    for time, (t, kind, block, a, b, flag, user) in zip(
        times, zip(*(c.tolist() for c in columns), strict=True), strict=True
    ):
        event = Event(
            run=run, user=user, time=str(time), object=keys[block], lesson=lessons[block], a=a, b=b, flag=flag
        )
        yield t, WRITERS[kind](event)


def username(user: int) -> str:
    """The name of an invented person."""
    return f"learner{user:07d}"


def _line(event: Event, event_type: str, payload: str, *, browser: bool) -> str:
    """The fields that every event has. `payload` is JSON: an object of the server, a string of a browser."""
    return (
        f'{{"username": "{username(event.user)}", "event_type": "{event_type}", "ip": "{_ip(event.user)}", '
        f'"agent": "Mozilla/5.0 (X11; Linux x86_64) Demo/1.0", "host": "courses.example.org", '
        f'"session": "{event.user:032x}", "event": {json.dumps(payload) if browser else payload}, '
        f'"event_source": "{"browser" if browser else "server"}", "context": {{"user_id": {event.user + 1}, '
        f'"org_id": "{event.run.org}", "course_id": "{event.run.course_id}", "path": "/event"}}, '
        f'"time": "{event.time}+00:00", '
        f'"page": {_page(event) if browser else "null"}}}\n'
    )


def _ip(user: int) -> str:
    """An address that is kept for documentation, so that it belongs to no country."""
    return f"{('192.0.2', '198.51.100', '203.0.113')[user % 3]}.{user % 251 + 1}"


def _page(event: Event) -> str:
    week = event.lesson.removeprefix("w").partition("l")[0]
    return f'"https://courses.example.org/courses/{event.run.course_id}/courseware/week{week}/{event.lesson}/"'


def _page_view(event: Event) -> str:
    week = event.object.rpartition("@w")[2].partition("l")[0]
    lesson = event.object.rpartition("@")[2]
    path = f"/courses/{event.run.course_id}/courseware/week{week}/{lesson}/"
    return _line(event, path, '"{\\"POST\\": {}, \\"GET\\": {}}"', browser=False)


def _progress(event: Event) -> str:
    return _line(event, f"/courses/{event.run.course_id}/progress", '"{\\"POST\\": {}, \\"GET\\": {}}"', browser=False)


def _goto(event: Event) -> str:
    return _line(event, "seq_goto", f'{{"id": "{event.object}", "old": 1, "new": 2}}', browser=True)


def _video(name: str, place: str = "currentTime") -> Write:
    def write(event: Event) -> str:
        return _line(
            event, name, f'{{"id": "{event.object}", "code": "html5", "{place}": {event.a / 1000}}}', browser=True
        )

    return write


def _seek(event: Event) -> str:
    places = f'"old_time": {event.a / 1000}, "new_time": {event.b / 1000}, "type": "onSlideSeek"'
    return _line(event, "seek_video", f'{{"id": "{event.object}", "code": "html5", {places}}}', browser=True)


def _load(event: Event) -> str:
    return _line(event, "load_video", f'{{"id": "{event.object}", "code": "html5"}}', browser=True)


_FIELD = {"response_type": "multiplechoiceresponse", "input_type": "choicegroup", "question": "", "variant": ""}


def _check(event: Event) -> str:
    part = event.object.rpartition("@")[2] + "_2_1"
    answer = "choice_1" if event.flag else f"choice_{event.user % 3 * 2}"
    right = "correct" if event.flag else "incorrect"
    payload = {
        "problem_id": event.object,
        "grade": event.a // 1000,
        "max_grade": event.b // 1000,
        "success": right,
        "answers": {part: answer},
        "correct_map": {part: {"correctness": right}},
        "submission": {part: {"answer": answer, "correct": bool(event.flag), **_FIELD}},
    }
    return _line(event, "problem_check", json.dumps(payload), browser=False)


def _check_browser(event: Event) -> str:
    return _line(event, "problem_check", f"input_{event.object.rpartition('@')[2]}_2_1=choice_1", browser=True)


def _answer_shown(event: Event) -> str:
    return _line(event, "showanswer", f'{{"problem_id": "{event.object}"}}', browser=False)


def _forum(name: str) -> Write:
    def write(event: Event) -> str:
        payload = {"id": f"{event.user:08x}{_number(event.time):016x}", "commentable_id": "course", "body": ""}
        return _line(event, f"edx.forum.{name}", json.dumps(payload), browser=False)

    return write


def _number(text: str) -> int:
    return int.from_bytes(text.encode()[-8:], "big")


WRITERS: Mapping[int, Write] = {
    Kind.PAGE: _page_view,
    Kind.PROGRESS: _progress,
    Kind.SEQUENCE_GOTO: _goto,
    Kind.LOAD: _load,
    Kind.PLAY: _video("play_video"),
    Kind.PAUSE: _video("pause_video"),
    Kind.STOP: _video("stop_video"),
    Kind.SEEK: _seek,
    Kind.CHECK: _check,
    Kind.CHECK_BROWSER: _check_browser,
    Kind.ANSWER_SHOWN: _answer_shown,
    Kind.THREAD: _forum("thread.created"),
    Kind.RESPONSE: _forum("response.created"),
    Kind.COMMENT: _forum("comment.created"),
    Kind.VOTE: _forum("thread.voted"),
}


def server_line(run: Run | None, user: int, t: int, event_type: str, payload: Mapping[str, object]) -> str:
    """A line of the server about a person, for facts that are no acts."""
    time = str(np.datetime_as_string(np.datetime64(t, "us"), unit="us"))
    event = Event(run=run or _NOWHERE, user=user, time=time, object="", lesson="", a=0, b=0, flag=-1)
    return _line(event, event_type, json.dumps(payload), browser=False)


_NOWHERE = Run(
    course_id="",
    org="",
    number="",
    name="",
    title="",
    area="",
    start=datetime(1970, 1, 1, tzinfo=UTC),
    weeks=1,
    previous=None,
    registrants=0,
    blocks=(),
)
