"""What the tables of an edX data package say: accounts, profiles, enrolments, certificates, scores, roles, forum."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from stoa.insights.engine.reading.events import Dictionaries, user_number
from stoa.insights.engine.reading.names import course_key
from stoa.insights.engine.reading.rows import Cells
from stoa.insights.engine.reading.statements import Statements
from stoa.insights.engine.reading.structures import moment

_GIVEN: Final = frozenset({"downloadable", "generating", "regenerating"})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row, its place in the order, and where it is said."""

    cells: Cells
    seq: int
    names: Dictionaries
    into: Statements

    def word(self, *columns: str) -> str:
        """The first of these columns that is filled."""
        return next((value for name in columns if (value := (self.cells.get(name) or "").strip())), "")

    def number(self, *columns: str) -> float | None:
        """The same as a number."""
        return as_number(self.word(*columns))

    def at(self, *columns: str) -> dict[str, int]:
        """The time in the first of these columns, and the place in the order; 1970 where no time is told."""
        return {"t": moment(self.word(*columns)) or 0, "seq": self.seq}

    def learner(self, *columns: str) -> int:
        """The learner that a column of user ids names."""
        return self.names.learners.number(self.word("username"), user_number(self.word(*columns)))

    def course(self) -> int:
        """The course that the row is about."""
        return self.names.courses.number(course_key(self.word("course_id")))


def as_number(word: str) -> float | None:
    """A number, None where this is none ('', NA, a space, NaN)."""
    try:
        found = float(word)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None


def speaker_of(columns: Mapping[str, object]) -> Callable[[Line], None] | None:
    """Who reads rows with these columns; None where nobody does."""
    names = columns.keys()
    return next((speaker for needed, speaker in SPEAKERS if needed <= names), None)


def _account(line: Line) -> None:
    if number := user_number(line.word("id")):
        line.names.learners.number(line.word("username"), number)


def _profile(line: Line) -> None:
    learner = line.learner("user_id")
    for name in ("gender", "level_of_education", "year_of_birth", "country", "language"):
        if value := line.word(name):
            line.into.add("profiles", learner=learner, field=name, value=value, **line.at())


def _enrolment(line: Line) -> None:
    course, learner = line.course(), line.learner("user_id")
    active, mode = line.word("is_active") not in {"0", "false", "False"}, line.word("mode") or None
    row = {"course": course, "learner": learner, "active": True, "mode": mode}
    line.into.add("enrolments", **row, **line.at("created"))
    if not active:  # They came, and they left; when, the table does not tell.
        line.into.add("enrolments", **{**row, "active": False}, **line.at("created"))


def _certificate(line: Line) -> None:
    status = line.word("status")
    line.into.add(
        "certificates",
        course=line.course(),
        learner=line.learner("user_id"),
        status="downloadable" if status in _GIVEN else status or None,
        mode=line.word("mode") or None,
        grade=line.number("grade"),
        **line.at("modified_date", "created_date", "created"),
    )


def _score(line: Line) -> None:
    passed = bool(line.word("passed_timestamp")) or line.word("letter_grade") not in {"", "Fail", "F"}
    line.into.add(
        "grades",
        course=line.course(),
        learner=line.learner("user_id"),
        percent=line.number("percent_grade"),
        passed=passed,
        **line.at("modified", "created"),
    )


def _role(line: Line) -> None:
    role = line.word("role", "name")
    if role and role != "Student":
        course, learner = line.course(), line.learner("user_id")
        line.into.add("roles", course=course, learner=learner, role=role, active=True, **line.at())


def _post(line: Line) -> None:
    thread = line.word("_type") == "CommentThread"
    line.into.add(
        "forum",
        course=line.course(),
        learner=line.names.learners.number(line.word("author_username"), user_number(line.word("author_id"))),
        what="thread" if thread else "comment" if line.word("parent_id") else "response",
        post=line.word("_id"),
        thread=line.word("_id") if thread else line.word("comment_thread_id"),
        votes=round(line.number("votes") or 0),
        endorsed=line.word("endorsed") == "1",
        **line.at("created_at"),
    )


SPEAKERS: Final[tuple[tuple[frozenset[str], Callable[[Line], None]], ...]] = (
    (frozenset({"user_id", "course_id", "percent_grade", "letter_grade"}), _score),
    (frozenset({"user_id", "course_id", "created", "is_active", "mode"}), _enrolment),
    (frozenset({"user_id", "course_id", "status", "download_url", "grade"}), _certificate),
    (frozenset({"user_id", "gender", "level_of_education", "year_of_birth"}), _profile),
    (frozenset({"id", "username", "is_staff", "date_joined"}), _account),
    (frozenset({"user_id", "course_id", "role"}), _role),
    (frozenset({"_id", "_type", "author_id", "course_id"}), _post),
    (frozenset({"user_id", "course_id", "name"}) | {"roles"}, _role),
)
