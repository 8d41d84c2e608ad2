"""A piece of work as readers see it: nothing of it tells who wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest

from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from stoa.coursedoc.model import Assignment, Example, Text
from stoa.coursedoc.rendering import render
from stoa.peer_review.models import SubmissionVersion
from stoa.peer_review.queries.durations import in_words
from stoa.peer_review.queries.files import file_address

Words = str | Lazy
KEPT = 128
"""Rendered codes and examples that a process keeps."""
_TICKS = re.compile("`+")


@dataclass(frozen=True, kw_only=True)
class WorkPart:
    """What was asked, and the answer; both safe HTML."""

    prompt: str
    html: str


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file that was handed in, under a name that tells nothing."""

    name: str
    address: str
    size: int
    unreadable: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkView:
    """A piece of work."""

    says: Words
    """Anonymous, in English, waiting so long."""
    parts: tuple[WorkPart, ...]
    language: str = ""
    course_language: str = ""
    code: str = ""
    """Safe HTML."""
    links: Sequence[str] = ()
    files: Sequence[FileView] = field(default_factory=tuple)
    returns_to: str = ""
    flags_to: str = ""


def work_of_example(example: Example, content: Assignment, *, language: str) -> WorkView:
    """An example of the instructor."""
    return WorkView(
        says=_("An example of the instructor"),
        parts=_parts(content, [_safe(answer) for answer in example.answers]),
        course_language=language,
        language=language,
        code=coloured(example.code, content.code_language),
    )


def work_of_version(
    version: SubmissionVersion,
    content: Assignment,
    *,
    says: Words,
    language: str,
    files: Sequence[FileView] = (),
    returns_to: str = "",
    flags_to: str = "",
) -> WorkView:
    """What was handed in. `language` is the course's."""
    return WorkView(
        says=says,
        parts=_parts(content, version.html),
        language=version.submission.language,
        course_language=language,
        code=coloured(version.code, version.code_language),
        links=tuple(version.links),
        files=tuple(files),
        returns_to=returns_to,
        flags_to=flags_to,
    )


def file_views(version: SubmissionVersion, *, reader_id: int) -> tuple[FileView, ...]:
    """The files of a work, at addresses that only this reader can use, and only for a while."""
    return tuple(
        FileView(
            name=file.name,
            address=file_address(file, reader_id=reader_id),
            size=file.size,
            unreadable=file.unreadable,
        )
        for file in version.files.order_by("pk")
    )


def anonymous(version: SubmissionVersion, *, now: datetime) -> str:
    """What a reader learns about the work at first: Anonymous, in English · waiting 7 h."""
    said = _("Anonymous, in %(language)s") % {"language": _named(version.submission.language)}
    words = said if version.submission.language else _("Anonymous")
    return f"{words} · {_('waiting %(time)s') % {'time': in_words(now - version.submission.t0)}}"


@lru_cache(maxsize=KEPT)
def coloured(code: str, language: str) -> str:
    """Code in the colours of its language, as safe HTML."""
    if not code.strip():
        return ""
    # No run of backticks in the code may end it.
    fence = "`" * (max((len(run) for run in _TICKS.findall(code)), default=0) + 3)
    name = language if language.isalnum() else ""
    return render(Text(source=f"{fence}{name}\n{code}\n{fence}"), links=_nowhere)


@lru_cache(maxsize=KEPT)
def _safe(markdown: str) -> str:
    return render(Text(source=markdown), links=_outside) if markdown.strip() else ""


def _parts(content: Assignment, answers: Sequence[str]) -> tuple[WorkPart, ...]:
    prompts = [prompt.source for prompt in content.prompts]
    return tuple(
        WorkPart(prompt=prompt, html=html) for prompt, html in zip_longest(prompts, answers, fillvalue="") if html
    )


def _named(language: str) -> str:
    try:
        return _(str(get_language_info(language.partition("-")[0].lower())["name"])) if language else ""
    except KeyError:
        return language


def _nowhere(_link: str) -> None:
    return None


def _outside(link: str) -> str | None:
    return link if link.startswith(("https://", "http://")) else None
