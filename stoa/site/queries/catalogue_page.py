"""The catalogue page: cards, filters, chips and figures, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.accounts.models import Organisation
from stoa.assessment.models import Attempt
from stoa.catalogue.queries import KINDS, CourseCard, Shelf, Wanted, languages, shelf_for, subject_names
from stoa.courseware.models import Enrolment, StepCompletion
from stoa.peer_review.queries import ReviewFigures, review_figures
from stoa.site.queries import course_words as words

CHIPS_OFFERED = ("peers:review", "hours:under-3", "pace:any-day", "level:beginner")
OPEN_GROUPS = frozenset({"subject", "pace", "language"})


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure and what it counts."""

    figure: str
    caption: str
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the card partial shows."""

    slug: str
    title: str
    organisation_name: str
    subject_name: str
    landscape: str
    weeks: int | None
    starts: str
    starts_any_day: bool
    facts: tuple[Fact, ...]
    stated: str
    captions: str
    why: str
    price: str


@dataclass(frozen=True, kw_only=True)
class Option:
    """A value that one can choose, and how many courses it leaves."""

    words: str
    url: str
    chosen: bool
    count: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """A filter: its name, its values, whether it stands open."""

    name: str
    options: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """Everything that the catalogue shows."""

    wanted: Wanted
    shelf: Shelf
    cards: tuple[Card, ...]
    groups: tuple[Group, ...]
    chips: tuple[Option, ...]
    chosen: int
    figures: tuple[Fact, ...]
    orders: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]
    """What the search and the order forms carry along."""
    previous_url: str
    next_url: str
    clear_url: str
    guess_url: str


def catalogue_page(wanted: Wanted, *, now: datetime) -> CataloguePage:
    """The page for what a visitor looks for."""
    shelf = shelf_for(wanted, now=now)
    names = _names(shelf)
    reviews = review_figures([card.pk for card in shelf.cards], now=now)
    return CataloguePage(
        wanted=wanted,
        shelf=shelf,
        cards=tuple(card_in_words(card, now, reviews.get(card.pk)) for card in shelf.cards),
        groups=tuple(_groups(wanted, shelf, names)),
        chips=tuple(_chips(wanted, shelf, names)),
        chosen=len(wanted.chosen),
        figures=_figures(now),
        orders=_orders(),
        hidden=tuple((kind, value) for kind in KINDS for value in wanted.values(kind)),
        previous_url=_address(wanted.on_page(wanted.page - 1)) if wanted.page > 1 else "",
        next_url=_address(wanted.on_page(wanted.page + 1)) if wanted.page < shelf.pages else "",
        clear_url=_address(wanted.cleared()) if wanted.chosen else "",
        guess_url=_address(Wanted(typed=shelf.guess)) if shelf.guess else "",
    )


def organisation_page(slug: str, *, now: datetime) -> tuple[Organisation, CataloguePage]:
    """An organisation and the courses that it offers."""
    organisation = get_object_or_404(Organisation, slug=slug)
    return organisation, catalogue_page(Wanted(chosen=frozenset({f"organisation:{slug}"})), now=now)


def card_in_words(card: CourseCard, now: datetime, review: ReviewFigures | None = None) -> Card:
    """The card as its partial shows it."""
    return Card(
        slug=card.slug,
        title=card.title,
        organisation_name=card.organisation,
        subject_name=card.subject,
        landscape=card.landscape,
        weeks=card.weeks or card.modules,
        starts=words.starts(card.run, now),
        starts_any_day=bool(card.run and card.run.any_day(now)),
        facts=(
            unmeasured(_("measured hours")),
            unmeasured(_("certified")),
            _wait(review),
        ),
        stated=" · ".join(filter(None, [_level(card), words.weeks_and_hours(card)])),
        captions=words.captions(card.caption_languages),
        why=_("Featured: %(reason)s") % {"reason": card.featured} if card.featured else "",
        price=words.price(card.run),
    )


def _wait(review: ReviewFigures | None) -> Fact:
    caption = _("wait for a review")
    return Fact(figure=review.wait_in_words, caption=caption) if review and review.wait else unmeasured(caption)


def unmeasured(caption: str) -> Fact:
    """A fact that nobody has measured yet."""
    return Fact(figure=words.no_data(), caption=caption, missing=True)


def _level(card: CourseCard) -> str:
    return words.level("beginner" if card.for_beginners else card.level)


def _groups(wanted: Wanted, shelf: Shelf, names: dict[str, str]) -> Iterator[Group]:
    titles = {
        "subject": _("Subject"),
        "pace": _("Pace"),
        "language": _("Language of the course"),
        "level": _("Level"),
        "length": _("Length"),
        "hours": _("Hours a week"),
        "price": _("Price"),
        "peers": _("Peers"),
        "assessment": _("Assessment"),
        "tracking": _("Progress tracking"),
    }
    for kind, title in titles.items():
        options = tuple(
            _option(value, wanted, shelf, name)
            for value, name in names.items()
            if value.startswith(f"{kind}:") and (shelf.counts[value] or value in wanted.chosen)
        )
        if options:
            is_open = kind in OPEN_GROUPS or any(option.chosen for option in options)
            yield Group(name=title, options=options, open=is_open)


def _chips(wanted: Wanted, shelf: Shelf, names: dict[str, str]) -> Iterator[Option]:
    for value in sorted(wanted.chosen):
        yield _option(value, wanted, shelf, names.get(value, value.partition(":")[2]))
    for value in CHIPS_OFFERED:
        if value not in wanted.chosen and 0 < shelf.counts[value] < shelf.found:
            yield _option(value, wanted, shelf, names[value])


def _option(value: str, wanted: Wanted, shelf: Shelf, name: str) -> Option:
    return Option(
        words=name, url=_address(wanted.toggled(value)), chosen=value in wanted.chosen, count=shelf.counts[value]
    )


def _names(shelf: Shelf) -> dict[str, str]:
    """Every value in words, in the order in which filters show them."""
    spoken = sorted(
        {value for value in shelf.counts if value.startswith("language:")}, key=lambda value: -shelf.counts[value]
    )
    givers = {card.organisation_slug: card.organisation for card in shelf.cards}
    return (
        {f"subject:{slug}": _(name) for slug, name in subject_names().items()}
        | {value: languages.name(value.partition(":")[2]) for value in spoken}
        | {f"organisation:{slug}": name for slug, name in givers.items()}
        | {
            "pace:any-day": _("Start any day"),
            "pace:dates": _("Fixed dates"),
            "level:beginner": _("Beginner"),
            "level:intermediate": _("Intermediate"),
            "level:advanced": _("Advanced"),
            "length:up-to-4": _("Up to 4 weeks"),
            "length:5-8": _("5 to 8 weeks"),
            "length:over-8": _("Over 8 weeks"),
            "hours:under-3": _("Under 3 h a week"),
            "hours:3-5": _("3 to 5 h a week"),
            "hours:over-5": _("Over 5 h a week"),
            "price:free": _("Free"),
            "price:verified": _("With a verified track"),
            "peers:forum": _("Peer forum"),
            "peers:review": _("Peer-reviewed"),
            "assessment:quiz": _("Quizzes"),
            "assessment:assignment": _("Assignments"),
            "assessment:exercise": _("Exercises"),
            "tracking:steps": _("Step by step"),
            "tracking:score": _("By score"),
            "tracking:dates": _("By due dates"),
        }
    )


def _orders() -> tuple[tuple[str, str], ...]:
    return (
        ("best", _("Best match")),
        ("start", _("Next start")),
        ("newest", _("Newest")),
        ("shortest", _("Shortest")),
        ("title", _("Title")),
    )


def _figures(now: datetime) -> tuple[Fact, ...]:
    learners, steps, quizzes = activity(round(now.timestamp()) // 600)
    return (
        Fact(figure=f"{learners:,}", caption=ngettext("learner enrolled", "learners enrolled", learners)),
        Fact(figure=f"{steps:,}", caption=ngettext("step done this week", "steps done this week", steps)),
        Fact(figure=f"{quizzes:,}", caption=ngettext("quiz answered this week", "quizzes answered this week", quizzes)),
    )


@lru_cache(maxsize=1)
def activity(tenth: int) -> tuple[int, int, int]:
    """Learners here; steps done and quizzes answered in seven days; counted once in ten minutes in each process."""
    since = datetime.fromtimestamp(tenth * 600, tz=UTC) - timedelta(days=7)
    return (
        Enrolment.objects.filter(withdrawal=None).values("person").distinct().count(),
        StepCompletion.objects.filter(at__gte=since).count(),
        Attempt.objects.filter(at__gte=since).count(),
    )


def _address(wanted: Wanted) -> str:
    return f"/catalogue/{wanted.address()}"
