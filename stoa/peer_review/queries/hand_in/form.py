"""The form in which work is written: what stands in it, what it takes, what has to be mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stoa.coursedoc.model import Assignment
from stoa.coursedoc.model.assignments import Need
from stoa.peer_review.models import Draft, SubmittedFile
from stoa.peer_review.rules import files as file_rules
from stoa.peer_review.rules.work import Fault, Lack, Work, most_files

Words = str | Lazy
WORDS: Mapping[Lack, Words] = {
    Lack.ANSWER_MISSING: gettext_lazy("Write something here: this answer is asked for."),
    Lack.CODE_MISSING: gettext_lazy("Put your program here: it is asked for."),
    Lack.LINK_MISSING: gettext_lazy("Add a link: it is asked for."),
    Lack.FILE_MISSING: gettext_lazy("Add a file: it is asked for."),
    Lack.NOTHING: gettext_lazy("There is nothing in it yet. Write a few words, or add a file or a link."),
    Lack.ANSWER_TOO_LONG: gettext_lazy("This is longer than 100,000 characters. Shorten it, or add it as a file."),
    Lack.CODE_TOO_LONG: gettext_lazy("This is longer than 200,000 characters. Shorten it, or add it as a file."),
    Lack.LINK_UNUSABLE: gettext_lazy("One of these is no web address. Write it like https://example.org/my-work."),
    Lack.TOO_MANY_LINKS: gettext_lazy("At most ten links. Take some out."),
    Lack.TOO_MANY_FILES: gettext_lazy("These are too many files. Remove some."),
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody sent, and what is wrong with it."""

    work: Work
    revision: int
    faults: Sequence[Fault] = ()
    problem: Words = ""
    file_problems: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field for words."""

    name: str
    dom_id: str
    label: Words
    text: str
    required: bool
    rows: int
    hint: Words = ""
    fault: Words = ""

    @property
    def described_by(self) -> str:
        """Ids of what says more about the field."""
        said = [f"{self.dom_id}-hint"] if self.hint else []
        return " ".join([*said, *([f"{self.dom_id}-fault"] if self.fault else [])])


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A file of the work in progress."""

    token: str
    name: str
    size: int
    unreadable: str


@dataclass(frozen=True, kw_only=True)
class FilesField:
    """Which files there are, and which may come."""

    rows: tuple[FileRow, ...]
    required: bool
    room: int
    """How many more may come."""
    accept: str
    """For the browser's own choice of files."""
    hint: str
    several: bool
    fault: Words = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A draft that another window wrote over."""

    revision: int
    saved_at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class FormView:
    """The form."""

    fields: tuple[Field, ...]
    code_language: str
    files: FilesField | None
    revision: int
    saved_at: datetime | None
    earlier: tuple[Earlier, ...]
    problem: Words = ""

    @property
    def has_faults(self) -> bool:
        """Something has to be mended."""
        return bool(
            any(field.fault for field in self.fields) or (self.files and (self.files.fault or self.files.problems))
        )


def form_of(asked: Assignment, draft: Draft | None, typed: Typed | None, *, dom_id: str) -> FormView:
    """The form with what was typed, or else with what the draft holds."""
    work = typed.work if typed else _work_of(draft)
    faults = {(fault.field, fault.number): WORDS[fault.lack] for fault in reversed(typed.faults if typed else ())}
    rows = tuple(draft.files.order_by("pk")) if draft else ()
    return FormView(
        fields=tuple(_fields(asked, work, faults, dom_id)),
        code_language=asked.code_language,
        files=_files(asked, rows, typed, faults),
        revision=typed.revision if typed else draft.revision if draft else 0,
        saved_at=draft.saved_at if draft else None,
        earlier=tuple(_earlier(draft)) if draft else (),
        problem=typed.problem if typed else "",
    )


def _work_of(draft: Draft | None) -> Work:
    if draft is None:
        return Work()
    return Work(answers=tuple(draft.answers), code=draft.code, links=tuple(draft.links))


Faults = Mapping[tuple[str, int], Words]


def _fields(asked: Assignment, work: Work, faults: Faults, dom_id: str) -> Iterator[Field]:
    if asked.text_answer is not Need.NONE:
        yield from _answers(asked, work, faults, dom_id)
    if asked.code is not Need.NONE:
        yield Field(
            name="code",
            dom_id=f"{dom_id}-code",
            label=_("Your code"),
            text=work.code,
            required=asked.code is Need.REQUIRED,
            rows=12,
            hint=_("As you wrote it, in %(language)s.") % {"language": asked.code_language.capitalize()},
            fault=faults.get(("code", 0), ""),
        )
    if asked.links is not Need.NONE:
        fault = next((words for (field, _place), words in faults.items() if field == "links"), "")
        yield Field(
            name="links",
            dom_id=f"{dom_id}-links",
            label=_("Links"),
            text="\n".join(work.links),
            required=asked.links is Need.REQUIRED,
            rows=3,
            hint=_("One on each line. Readers open them without your name, so don't link to pages that say it."),
            fault=fault,
        )


def _answers(asked: Assignment, work: Work, faults: Faults, dom_id: str) -> Iterator[Field]:
    count = max(1, len(asked.prompts))
    for place in range(count):
        yield Field(
            name=f"answer-{place}",
            dom_id=f"{dom_id}-answer-{place}",
            label=_("Your answer") if count == 1 else _("Your answer to part %(number)s") % {"number": place + 1},
            text=work.answers[place] if place < len(work.answers) else "",
            required=asked.text_answer is Need.REQUIRED,
            rows=8,
            hint=_("Markdown works: **bold**, lists, code between ```. Don't write your name: readers see none."),
            fault=faults.get(("answer", place), ""),
        )


def _files(asked: Assignment, rows: Sequence[SubmittedFile], typed: Typed | None, faults: Faults) -> FilesField | None:
    most = most_files(asked)
    if not most:
        return None
    policy = file_rules.policy_of(asked.files)
    return FilesField(
        rows=tuple(FileRow(token=row.token, name=row.name, size=row.size, unreadable=row.unreadable) for row in rows),
        required=asked.files.need is Need.REQUIRED,
        room=max(0, most - len(rows)),
        accept=",".join(f".{ending}" for ending in policy.endings),
        hint=_file_hint(policy, most),
        several=most > 1,
        fault=faults.get(("files", 0), ""),
        problems=tuple(typed.file_problems) if typed else (),
    )


def _file_hint(policy: file_rules.FileRules, most: int) -> str:
    kinds = ", ".join(policy.endings)
    size = f"{policy.megabytes:g}"
    return ngettext(
        "One file of at most %(size)s MB: %(kinds)s. What it says of you is taken out before anybody reads it.",
        "Up to %(count)s files of at most %(size)s MB each: %(kinds)s. "
        "What they say of you is taken out before anybody reads them.",
        most,
    ) % {"count": most, "size": size, "kinds": kinds}


def _earlier(draft: Draft) -> Iterator[Earlier]:
    for row in draft.earlier.order_by("-revision"):
        words = " ".join(" ".join([*row.answers, row.code]).split())
        yield Earlier(revision=row.revision, saved_at=row.saved_at, words=words[:120])
