"""course: one row a course, every rate beside the two counts that it is the quotient of."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import how_many
from stoa.insights.engine.metrics.expressions.quantiles import QUARTILES, quantiles
from stoa.insights.engine.metrics.states import COURSE_FACTS, DAY

STATUSES = ("certified", "explored", "viewed", "registered")
HOUR, MINUTE = 3_600_000_000, 60_000_000
FAST = 23 * MINUTE
_FALSE = ibis.literal(value=False)
ABOUT = tuple(name for name in COURSE_FACTS if name not in {"course", "pass_mark"})
#: Rate → (what is counted, of whom).
RATES = {
    "certified_of_registered": ("certified", "registered"),
    "certified_of_participants": ("certified", "participants"),
    "certified_of_explored": ("explored_certified", "explored"),
    "certified_of_verified": ("verified_certified", "verified"),
    "certified_of_intenders": ("intenders_certified", "intenders"),
    "female_of_said": ("female", "gender_said"),
    "bachelor_or_more_of_said": ("bachelor_or_more", "education_said"),
    "teachers_of_said": ("teachers", "teacher_said"),
    "same_area_of_teachers": ("teachers_of_area", "teachers"),
    "under_23_min_of_timed": ("certified_under_23_min", "certificates_timed"),
    "left_in_week_1_of_participants": ("left_in_week_1", "participants_for_1_week"),
    "left_in_week_2_of_participants": ("left_in_week_2", "participants_for_2_weeks"),
}
COUNTS = (
    *("registered", "participants", "explored", "certified", "completed", "verified", "explored_certified"),
    *("verified_certified", "intenders", "intenders_certified", "nevents", "spent", "gender_said", "female"),
    *("education_said", "bachelor_or_more", "age_said", "country_known", "teacher_said", "teachers"),
    *("teachers_of_area", "certificates_timed", "certified_under_23_min", "participants_for_1_week"),
    *("left_in_week_1", "participants_for_2_weeks", "left_in_week_2"),
)
QUANTILES = {
    **{f"hours_{status}_{name}": "DOUBLE" for status in STATUSES for name in QUARTILES},
    **{f"hours_{status}_n": "BIGINT" for status in STATUSES},
    "minutes_to_certificate_p1": "DOUBLE",
    "minutes_to_certificate_median": "DOUBLE",
    "minutes_spent_certified_p1": "DOUBLE",
    "age_median": "DOUBLE",
}
COURSE = {
    "course": "INTEGER",
    **{name: COURSE_FACTS[name] for name in ABOUT},
    **dict.fromkeys(COUNTS, "BIGINT"),
    "hours": "DOUBLE",
    **dict.fromkeys(RATES, "DOUBLE"),
    **QUANTILES,
}


def course(people: ir.Table, courses: ir.Table, *, as_of: ir.IntegerScalar) -> ir.Table:
    """One row a course; `people` are registrations without the team."""
    told = people.mutate(
        to_certificate=people.certified.ifelse(people.cert_time - people.first_event, None),
        spent_certified=people.certified.ifelse(people.sum_dt_30, None),
    )
    joined = courses.select("course", *ABOUT)
    for part in (_counts(told, as_of), *_quantiles(told)):
        new = [name for name in part.columns if name != "course"]
        joined = joined.left_join(part, "course").select(*joined.columns, *new)
    empty = [name for name in COURSE if name.endswith("_n")]
    joined = joined.mutate(**{name: joined[name].fill_null(0) for name in (*COUNTS, *empty)})
    joined = joined.mutate(
        hours=joined.spent.cast("float64") / float(HOUR),
        **{rate: quotient(joined[part], joined[whole]) for rate, (part, whole) in RATES.items()},
    )
    return joined.select(*COURSE)


def aged(people: ir.Table, before: ir.IntegerScalar, as_of: ir.IntegerScalar) -> ir.Table:
    """Courses in which somebody has been there for a week or two since `before`."""
    grown = [(as_of - people.first_event >= n * 7 * DAY) & (before - people.first_event < n * 7 * DAY) for n in (1, 2)]
    return people.filter(people.viewed, grown[0] | grown[1]).select("course").distinct()


def quotient(part: ir.IntegerColumn, whole: ir.IntegerColumn) -> ir.FloatingColumn:
    """A rate, NULL where there is nobody to speak of."""
    return part.cast("float64") / whole.nullif(0).cast("float64")


def gone_for_good(people: ir.Table) -> ir.BooleanColumn:
    """Whether someone who left had not got what they came for: neither certified nor done and content."""
    content = (people.satisfied == "yes") | (people.exit_reason == "done")
    return ~(people.certified.fill_null(_FALSE) | content.fill_null(_FALSE))


def _counts(people: ir.Table, as_of: ir.IntegerScalar) -> ir.Table:
    certified, intends = people.certified, people.intent == "certificate"
    taught = people.teacher.isin(("now", "was"))
    lasted, gone = people.last_event - people.first_event, gone_for_good(people)
    week = 7 * DAY
    for_1, for_2 = (people.viewed & (as_of - people.first_event >= n * week) for n in (1, 2))
    return people.group_by("course").agg(
        registered=how_many(people.registered),
        participants=how_many(people.viewed),
        explored=how_many(people.explored),
        certified=how_many(certified),
        completed=how_many(people.completed),
        verified=how_many(people.verified),
        explored_certified=how_many(people.explored & certified),
        verified_certified=how_many(people.verified & certified),
        intenders=how_many(intends),
        intenders_certified=how_many(intends & certified),
        nevents=people.nevents.sum().fill_null(0),
        spent=people.sum_dt_30.sum().fill_null(0),
        gender_said=how_many(people.gender.notnull()),
        female=how_many(people.gender == "f"),
        education_said=how_many(people.education.notnull()),
        bachelor_or_more=how_many(people.education_group.isin(("bachelor", "master", "doctorate"))),
        age_said=how_many(people.age.notnull()),
        country_known=how_many(people.country.notnull()),
        teacher_said=how_many(people.teacher.notnull()),
        teachers=how_many(taught),
        teachers_of_area=how_many(taught & (people.teaches_area == people.area)),
        certificates_timed=how_many(people.to_certificate.notnull()),
        certified_under_23_min=how_many(people.to_certificate < FAST),
        participants_for_1_week=how_many(for_1),
        left_in_week_1=how_many(for_1 & gone & (lasted < week)),
        participants_for_2_weeks=how_many(for_2),
        left_in_week_2=how_many(for_2 & gone & (lasted >= week) & (lasted < 2 * week)),
    )


def _quantiles(people: ir.Table) -> list[ir.Table]:
    parts = []
    for status in STATUSES:
        found = quantiles(people.filter(people.status == status), ["course"], "sum_dt_30", asked=QUARTILES, unit=HOUR)
        parts.append(found.select("course", **{f"hours_{status}_{name}": found[name] for name in (*QUARTILES, "n")}))
    to = quantiles(people, ["course"], "to_certificate", asked={"p1": (1, 100), "median": (1, 2)}, unit=MINUTE)
    spent = quantiles(people, ["course"], "spent_certified", asked={"p1": (1, 100)}, unit=MINUTE)
    ages = quantiles(people, ["course"], "age", asked={"median": (1, 2)}, unit=1)
    return [
        *parts,
        to.select("course", minutes_to_certificate_p1=to.p1, minutes_to_certificate_median=to["median"]),
        spent.select("course", minutes_spent_certified_p1=spent.p1),
        ages.select("course", age_median=ages["median"]),
    ]
