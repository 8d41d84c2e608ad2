"""What a chart shows, in a sentence: its numbers are those of the chart's rows."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.counted import up_to
from stoa.insights.queries.numbers import NO_BREAK, count, in_full, per_cent, whole_name, whole_of
from stoa.insights.rules.answers import Counts, Overview, Population
from stoa.insights.rules.charts.specification import Row
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.rates import Rate, Whole, rate_of


def nothing() -> str:
    """Why a chart shows no number."""
    return _("Nothing is shown: too few people, or a small group could be worked out.")


def of_groups(rows: Sequence[Row], missing: Rate | None, *, estimated: bool) -> str:
    """The largest group and its share."""
    largest = max((row for row in rows if row.value), key=lambda row: row.value or 0, default=None)
    if largest is None:
        return nothing()
    rate = rate_of(int(largest.value or 0), largest.of, Whole.REGISTERED)
    if rate is None:
        said = f"{largest.label}: {count(largest.value or 0)}"
    else:
        said = _("Most: %(group)s, %(rate)s.") % {"group": largest.label, "rate": in_full(rate)}
    if missing is None or not missing.part:
        return said
    words = _("Of %(rate)s the country is not known.") if estimated else _("%(rate)s did not say.")
    return f"{said} {words % {'rate': in_full(missing)}}"


def unknown_note(missing: Rate | None, dimension: Dimension, *, hidden: bool) -> str:
    """The denominator and the share unknown, as they stand under a title."""
    if hidden:
        return _("Of how many it is not known is hidden")
    if missing is None:
        return ""
    whole = whole_of(missing.whole, missing.of)
    words = {
        Dimension.COUNTRY: _("Of %(whole)s; country unknown: %(n)s (%(share)s)"),
    }.get(dimension, _("Of %(whole)s; not known of %(n)s (%(share)s)"))
    return words % {"whole": whole, "n": count(missing.part), "share": per_cent(missing)}


def of_funnel(counts: Counts | None) -> str:
    """From stage to stage."""
    participants = counts and rate_of(counts.participants, counts.registered, Whole.REGISTERED)
    certified = counts and rate_of(counts.certified, counts.participants, Whole.PARTICIPANTS)
    if not participants:
        return nothing()
    said = _("%(rate)s looked in.") % {"rate": in_full(participants)}
    if not certified:
        return said
    earned = _("%(rate)s earned the credential.") % {"rate": in_full(certified)}
    return f"{said} {earned}"


def of_credential(rates: Sequence[Rate], typical: tuple[int, Mapping[Whole, float]]) -> str:
    """The highest of the rates, and the typical course."""
    if not rates:
        return nothing()
    highest = max(rates, key=lambda rate: rate.part / rate.whole)
    said = _("Highest: %(rate)s.") % {"rate": in_full(highest)}
    courses, medians = typical
    if highest.of not in medians or courses < 2:  # noqa: PLR2004 -- one course has no median
        return said
    share = f"{count(round(medians[highest.of]))}{NO_BREAK}%"
    words = _("In a typical course (median of %(courses)s) it is %(share)s of %(whole)s.")
    typically = {"courses": whole_of(courses, Whole.COURSES), "share": share, "whole": whole_name(highest.of)}
    return f"{said} {words % typically}"


def of_population(beside: Population | None) -> str:
    """How many more, or fewer, than if learners were like the adults of their countries."""
    if beside is None:
        return nothing()
    learners = Rate(part=beside.educated, whole=beside.n, of=Whole.ADULTS)
    adults = Rate(part=round(beside.expected), whole=beside.n, of=Whole.ADULTS)
    said = {"rate": in_full(learners), "expected": count(adults.part), "share": per_cent(adults)}
    words = _(
        "%(rate)s have a bachelor's degree or more; of as many adults of the same countries it would be %(expected)s "
        "(%(share)s)."
    )
    if not beside.expected:
        return words % said
    times = _("That is %(ratio)s times as many.") % {"ratio": count(beside.educated / beside.expected, 1)}
    return f"{words % said} {times}"


def population_note(beside: Population | None) -> str:
    """Of whom, and whose figures."""
    if beside is None:
        return ""
    years = {beside.first_year, beside.last_year}
    said = {
        "n": whole_of(beside.n, Whole.ADULTS),
        "countries": ngettext("%(n)s country", "%(n)s countries", beside.countries) % {"n": count(beside.countries)},
        "source": ", ".join(beside.sources),
        "years": "–".join(str(year) for year in sorted(years)),  # noqa: RUF001 -- from a to b
    }
    return _("Of %(n)s in %(countries)s; adults of 25 and more: %(source)s, %(years)s") % said


def of_days(rows: Sequence[Row]) -> str:
    """The busiest day and the last one."""
    seen = [row for row in rows if row.value is not None]
    if not seen:
        return nothing()
    busiest = max(seen, key=lambda row: row.value or 0)
    return _("Most on %(day)s: %(n)s. On the last day, %(last)s: %(now)s.") % {
        "day": busiest.label,
        "n": count(busiest.value or 0),
        "last": seen[-1].label,
        "now": count(seen[-1].value or 0),
    }


def foot(overview: Overview, n: int | None) -> str:
    """Where a drawing comes from."""
    whole = "–" if n is None else whole_of(n, Whole.REGISTERED)  # noqa: RUF001 -- a dash for nothing
    words = _("Of %(whole)s. Counted up to %(date)s (UTC), data version %(version)s, Stoa %(code)s.")
    return words % {"whole": whole, **up_to(overview)}
