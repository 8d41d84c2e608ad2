"""area, teachers, person: who takes part, across courses."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import how_many
from stoa.insights.engine.metrics.expressions.beside import Tables, people
from stoa.insights.engine.metrics.expressions.course import quotient
from stoa.insights.engine.metrics.expressions.moves import NO_AREA

HOME = "US"
YOUNG = 35
MORE = ("bachelor", "master", "doctorate")
COUNTED = (
    *("participants", "certified", "gender_said", "female", "age_said", "under_35", "country_known", "outside_us"),
    *("education_said", "bachelor_or_more"),
)


def area(tables: Tables) -> ir.Table:
    """One row an area, beside it all others together."""
    told = people(tables).mutate(area=people(tables).area.fill_null(NO_AREA))
    here = told.viewed
    row = told.group_by("area").agg(
        courses=told.course.nunique(),
        participants=how_many(here),
        certified=how_many(told.certified),
        gender_said=how_many(here & told.gender.notnull()),
        female=how_many(here & (told.gender == "f")),
        age_said=how_many(here & told.age.notnull()),
        under_35=how_many(here & (told.age < YOUNG)),
        country_known=how_many(here & told.country.notnull()),
        outside_us=how_many(here & (told.country != HOME)),
        education_said=how_many(here & told.education.notnull()),
        bachelor_or_more=how_many(here & told.education_group.isin(MORE)),
    )
    everybody = ibis.window()
    order = ibis.window(order_by=[ibis.desc("participants"), "area"])
    return row.mutate(
        rank=ibis.row_number().over(order).cast("int32") + 1,
        **{f"{name}_rest": row[name].sum().over(everybody) - row[name] for name in COUNTED},
    )


def teachers(tables: Tables) -> ir.Table:
    """One row an area: who teaches, and who teaches its subject."""
    told = people(tables).mutate(area=people(tables).area.fill_null(NO_AREA))
    taught = told.teacher.isin(("now", "was"))
    row = told.group_by("area").agg(
        registered=told.count(),
        said=how_many(told.teacher.notnull()),
        teachers=how_many(taught),
        same_area=how_many(taught & (told.teaches_area == told.area)),
    )
    return row.mutate(
        said_of_registered=quotient(row.said, row.registered),
        teachers_of_said=quotient(row.teachers, row.said),
        same_area_of_teachers=quotient(row.same_area, row.teachers),
    )


def person(tables: Tables) -> ir.Table:
    """One row a learner."""
    told = people(tables)
    return told.group_by("learner").agg(
        username=told.username.max(),
        courses=told.count(),
        participated=how_many(told.viewed),
        certificates=how_many(told.certified),
        areas=told.viewed.fill_null(ibis.literal(value=False)).ifelse(told.area, None).nunique(),
        nevents=told.nevents.sum().fill_null(0),
        spent=told.sum_dt_30.sum().fill_null(0),
    )
