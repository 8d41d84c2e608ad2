"""What statements say of learners: of those about one thing the last one counts."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR, how_many

#: Modes that are paid for and end in a verified credential; statuses of a certificate that was issued.
VERIFIED = ("credit", "executive-education", "masters", "no-id-professional", "professional", "verified")
ISSUED = ("downloadable", "issued")


def latest(statements: ir.Table, about: Sequence[str]) -> ir.Table:
    """The last statement about each thing."""
    order = ibis.window(group_by=list(about), order_by=[ibis.desc("t"), ibis.desc("seq")])
    ranked = statements.mutate(rank=ibis.row_number().over(order))
    return ranked.filter(ranked["rank"] == 0).drop("rank")


def enrolments(said: ir.Table, courses: ir.Table) -> ir.Table:
    """When each registration began, whether and how it stands, and whether it was verified before the course's end."""
    known = said.filter(said.course >= 0, said.learner >= 0).left_join(
        courses.select("course", ends=courses["end"]), "course"
    )
    known = known.select(*PAIR, "active", "mode", "t", "seq", "ends")
    told = known.group_by(list(PAIR)).agg(
        start_time=known.active.ifelse(known.t, None).min(),
        nverified=how_many(known["mode"].isin(VERIFIED) & (known.ends.isnull() | (known.t <= known.ends))),
    )
    last = latest(known, PAIR).select(*PAIR, "mode", is_active="active")
    return told.left_join(last, list(PAIR)).select(*PAIR, "start_time", "nverified", "mode", "is_active")


def certificates(said: ir.Table) -> ir.Table:
    """Whether a certificate is issued and not revoked, when it first was, and with what grade."""
    known = said.filter(said.course >= 0, said.learner >= 0)
    first = known.group_by(list(PAIR)).agg(issued_at=known.status.isin(ISSUED).ifelse(known.t, None).min())
    last = latest(known, PAIR)
    told = first.left_join(last.select(*PAIR, "status", certificate_grade="grade"), list(PAIR))
    issued = told.status.isin(ISSUED).fill_null(ibis.literal(value=False))
    return told.select(*PAIR, "certificate_grade", issued=issued, cert_time=issued.ifelse(told.issued_at, None))


def grades(said: ir.Table) -> ir.Table:
    """The last score of the whole course, and whether it passes."""
    return latest(said.filter(said.course >= 0, said.learner >= 0), PAIR).select(*PAIR, "percent", "passed")


def answers(said: ir.Table, asked: Mapping[str, tuple[str, str]]) -> ir.Table:
    """One row a course and learner; a column for each (survey, question)."""
    last = latest(said, [*PAIR, "survey", "question"])
    return last.group_by(list(PAIR)).agg(
        **{
            column: ((last.survey == survey) & (last.question == question)).ifelse(last.answer, None).max()
            for column, (survey, question) in asked.items()
        }
    )


def profiles(said: ir.Table, fields: Mapping[str, str]) -> ir.Table:
    """One row a learner; a column for each field. Whoever was erased has none."""
    last = latest(said.filter(said.learner >= 0), ("learner", "field"))
    told = last.group_by("learner").agg(
        erased=how_many(last["field"] == "erased"),
        **{column: (last["field"] == field).ifelse(last["value"], None).max() for column, field in fields.items()},
    )
    return told.filter(told.erased == 0).drop("erased")


def posts(said: ir.Table) -> ir.Table:
    """Threads and comments that the forum's own tables hold of a learner, and how many of them were endorsed."""
    last = latest(said.filter(said.course >= 0, said.learner >= 0), ("course", "post"))
    return last.group_by(list(PAIR)).agg(
        told_threads=how_many(last.what == "thread"),
        told_comments=how_many(last.what.isin(("comment", "response"))),
        nforum_endorsed=how_many(last.endorsed),
    )
