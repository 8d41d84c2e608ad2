"""Reads what stands in the form of a hand-in, and says what is wrong with files."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from stoa.peer_review.actions import FileRefused, Upload, upload
from stoa.peer_review.models import Assignment, Draft
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.files import Trouble, policy_of
from stoa.peer_review.rules.work import Work
from stoa.peer_review.views.seats import Seat
from stoa.peer_review.views.unreadable import in_words

ANSWER = "answer-"
MOST_ANSWERS = 50
WORDS: Mapping[Trouble, Lazy] = {
    Trouble.KIND: gettext_lazy("%(name)s: this kind of file is not taken here. These are: %(kinds)s."),
    Trouble.CONTENT: gettext_lazy("%(name)s is not what its ending says. Save it again in the form that you mean."),
    Trouble.SIZE: gettext_lazy("%(name)s is larger than %(size)s MB. Make it smaller, or split it."),
    Trouble.EMPTY: gettext_lazy("%(name)s is empty. Choose the file again."),
    Trouble.MANY: gettext_lazy("%(name)s was not added: no more files can be handed in. Remove one first."),
    Trouble.QUOTA: gettext_lazy("%(name)s was not added: you uploaded very much here. Ask the course team for room."),
    Trouble.UNREADABLE: gettext_lazy("%(name)s: %(said)s"),
}


def work_in(request: HttpRequest, draft: Draft | None) -> Work:
    """The work that the form carries, with the files of the draft."""
    places = [name.removeprefix(ANSWER) for name in request.POST if name.startswith(ANSWER)]
    count = 1 + max((int(place) for place in places if place.isascii() and place.isdigit()), default=-1)
    answers = tuple(request.POST.get(f"{ANSWER}{place}", "") for place in range(min(count, MOST_ANSWERS)))
    return Work(
        answers=answers,
        code=request.POST.get("code", ""),
        links=tuple(line for line in request.POST.get("links", "").splitlines() if line.strip()),
        files=tuple(draft.files.values_list("token", flat=True)) if draft else (),
    )


def revision_in(request: HttpRequest) -> int | None:
    """The revision of the draft that the form showed."""
    seen = request.POST.get("revision", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= len("999999999") else None


def take_files(request: HttpRequest, seat: Seat) -> tuple[str, ...]:
    """Add the files that came with the form; what was wrong with those that were not taken."""
    problems = []
    for file in request.FILES.getlist("files"):
        try:
            taken = Upload(name=file.name or "", size=file.size or 0, content=file)
            upload(assignment=seat.assignment, enrolment=seat.enrolment, file=taken, at=seat.at)
        except FileRefused as refused:
            problems.append(_problem(refused, seat.assignment))
    return tuple(problems)


def _problem(refused: FileRefused, assignment: Assignment) -> str:
    rules = policy_of(content_of(assignment.published).files)
    return str(WORDS[refused.trouble]) % {
        "name": refused.name[:80],
        "kinds": ", ".join(rules.endings),
        "size": f"{rules.megabytes:g}",
        "said": in_words(refused.said),
    }
