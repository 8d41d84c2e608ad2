"""How each figure is counted: the note behind it."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from stoa.insights.queries.numbers import whole_name
from stoa.insights.rules.charts.specification import Method
from stoa.insights.rules.figures import Figure
from stoa.insights.rules.rates import Whole


def method_of(figure: Figure) -> Method:
    """Definition, unit, denominator and source of a figure."""
    definition, source = _NOTES[figure.name]()
    people = _("learners active on a day") if figure.name == "days" else _("registrations: a person once a course run")
    whole = _WHOLES.get(figure.name, Whole.REGISTERED)
    return Method(definition=definition, unit=people, denominator=whole_name(whole), source=source)


#: What a figure is of, where that is not all registered.
_WHOLES: Final = {"days": Whole.PARTICIPANTS, "population": Whole.ADULTS}


def _log() -> str:
    return _("the event log")


def _profile() -> str:
    return _("the profile, as far as people filled it in")


def _country() -> tuple[str, str]:
    return (
        _(
            "The country is that of most of a learner's addresses on the network, else the one in the profile. It is "
            "an estimate: addresses move and people travel. Those without either are counted as unknown."
        ),
        _("addresses on the network with the registries' lists of them; the profile"),
    )


_NOTES: Final[dict[str, Callable[[], tuple[str, str]]]] = {
    "map": _country,
    "countries": _country,
    "funnel": lambda: (
        _(
            "Registered: enrolled at some time. Participants: opened at least one page of the course. Explored: opened "
            "half of its modules or more. Certified: earned the credential and kept it. Verified: certified in the "
            "verified track."
        ),
        _log(),
    ),
    "days": lambda: (_("Learners with at least one act in the course on a day, in UTC; the team is left out."), _log()),
    "age": lambda: (
        _("The year of registering less the year of birth; ages over 110 count as not said. Seven bands and under 13."),
        _profile(),
    ),
    "education": lambda: (_("The highest degree, in five groups."), _profile()),
    "population": lambda: (
        _(
            "Registrations of people of 25 and more who said their education and live in a country whose adults are "
            "known, with a bachelor's degree or more; beside as many adults of the same countries in the same mixture. "
            "Countries whose adults nobody has counted are left out."
        ),
        _("the profile; figures of others for the adults, each country's with its year"),
    ),
    "gender": lambda: (_("As people said themselves; own words are counted as other."), _profile()),
    "credential": lambda: (
        _(
            "Who earned the credential, as a share of five wholes: of all registered, of participants, of those who "
            "explored half, of those who said at enrolment that they wanted it, of those in the verified track."
        ),
        _("the event log and the question at enrolment"),
    ),
    "status": lambda: (_("The furthest that each registration came; each is counted once."), _log()),
    "intent": lambda: (
        _("What people said at enrolment that they came for; the question can be skipped."),
        _("the question at enrolment"),
    ),
    "track": lambda: (_("Verified: in the verified track before the course ended."), _log()),
    "teaching": lambda: (_("Whether people teach, as they said themselves."), _("a question in the profile")),
    "organisations": lambda: (_("The organisation that gives the course."), _log()),
    "subjects": lambda: (_("The subject of the course."), _("the course's own description")),
    "courses": lambda: (_("Course runs; a person in two of them is counted twice."), _log()),
}
