"""person_course, first half: everything that is known of a registration, put side by side."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions import said
from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many
from stoa.insights.engine.metrics.expressions.beside import Tables, beside

_ASKED = {
    "intent": ("enrolment", "intent"),
    "exit_reason": ("exit", "reason"),
    "satisfied": ("exit", "satisfied"),
}
_FIELDS = {
    "gender": "gender",
    "education": "level_of_education",
    "born": "year_of_birth",
    "profile_country": "country",
    "language": "language",
    "teacher": "teacher",
    "teaches_area": "subject_taught",
}


def keys(tables: Tables) -> ir.Table:
    """Who is registered where: by a statement, a certificate or an act."""
    parts = ("state/pairs", "statements/enrolments", "statements/certificates", "statements/grades")
    found = [tables[part].filter(tables[part].course >= 0, tables[part].learner >= 0).select(*PAIR) for part in parts]
    return ibis.union(*found, distinct=True)


def side_by_side(tables: Tables) -> ir.Table:
    """One row a registration with all that is known of it."""
    joined = keys(tables)
    for other, on in (
        (tables["state/pairs"], PAIR),
        (said.enrolments(tables["statements/enrolments"], tables["state/courses"]), PAIR),
        (said.certificates(tables["statements/certificates"]), PAIR),
        (said.grades(tables["statements/grades"]), PAIR),
        (said.answers(tables["statements/surveys"], _ASKED), PAIR),
        (said.posts(tables["statements/forum"]), PAIR),
        (active_days(tables["state/days"]), PAIR),
        (problems(tables["state/tries"]), PAIR),
        (opened(tables["state/chapters"]), PAIR),
        (homes(tables["state/ips"], tables["state/countries"]), PAIR),
        (said.profiles(tables["statements/profiles"], _FIELDS), ("learner",)),
    ):
        joined = beside(joined, other, on)
    return joined


def active_days(days: ir.Table) -> ir.Table:
    """How many days, and the longest run of them."""
    order = ibis.window(group_by=list(PAIR), order_by="day")
    told = days.select(*PAIR, "day").mutate(turn=ibis.row_number().over(order).cast("int32"))
    # Days in a row keep their distance to their own count.
    told = told.mutate(island=told.day - told.turn)
    islands = told.group_by([*PAIR, "island"]).agg(length=told.count())
    return islands.group_by(list(PAIR)).agg(ndays_act=islands.length.sum(), streak=islands.length.max())


def problems(tries: ir.Table) -> ir.Table:
    """Problems tried and solved."""
    return tries.group_by(list(PAIR)).agg(
        nproblems_attempted=tries.count(),
        nproblems_correct=how_many(tries.correct > 0),
        nattempts_correct=tries.correct.sum(),
    )


def opened(chapters: ir.Table) -> ir.Table:
    """How many chapters were opened."""
    return chapters.group_by(list(PAIR)).agg(nchapters=chapters.count())


def homes(ips: ir.Table, countries: ir.Table) -> ir.Table:
    """The country of the address that most acts came from; of two alike that which was known first."""
    order = ibis.window(group_by=list(PAIR), order_by=[ibis.desc("n"), "ip"])
    ranked = ips.mutate(rank=ibis.row_number().over(order))
    modal = ranked.filter(ranked["rank"] == 0)
    placed = modal.inner_join(countries, "ip")
    return placed.filter(placed.country.notnull()).select(*PAIR, ip_country="country")
