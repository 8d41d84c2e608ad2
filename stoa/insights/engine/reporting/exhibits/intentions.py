"""What learners want at enrolment, and what comes of it."""

from typing import Final

from stoa.insights.engine.reporting.exhibit import NOT_SAID, Exhibit, bars, folded, median_share, share, share_grid
from stoa.insights.engine.reporting.exhibits.certification import per_course, typical
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure

INTENTS: Final = {
    "certificate": "complete enough to earn the credential",
    "skills": "learn a skill that they need",
    "growth": "grow as a person",
    "all": "go through all of it",
    "some": "complete or refresh some of it",
    "browse": "browse the materials",
    "unsure": "have not decided",
}
_METHOD: Final = (
    "One question at enrolment, which may be skipped. The response rate is the share of those whom the log tells to "
    "have been asked, of all registrants where it tells of nobody; shares of answers are of those who answered."
)


def intentions(people: People) -> Exhibit:
    """The response rate and the shares; what a typical course certifies of those who want the credential."""
    found = people.counts("SELECT coalesce(intent, ''), count(*) FROM people GROUP BY 1 ORDER BY 2 DESC, 1")
    said = sum(found.values()) - found.pop("", 0)
    counts = folded({INTENTS.get(name, name): count for name, count in found.items()} | {NOT_SAID: 0})
    wanted, who = found.get("certificate", 0), "registrants who answered"
    medians = typical(per_course(people))
    certified = (
        f" A typical course certifies {median_share(medians['intenders'][0], 'intenders', medians['intenders'][1])}."
        if "intenders" in medians
        else " No course has 20 of them."
    )
    return Exhibit(
        anchor="intentions",
        question="How many want a credential?",
        answer=f"A credential is wanted by {share(wanted, said, who)}.{certified}",
        number=share(wanted, said, who),
        denominator=f"{figure(said)} {who}; response rate: {_response(people, said)}",
        method=_METHOD,
        charts=(bars("What learners want", counts, who=who, of=said, method=_METHOD),) if counts else (),
        grids=(share_grid("Answers at enrolment", counts, head="answer", of=said, who=who),),
    )


def _response(people: People, said: int) -> str:
    """Of those who were asked, who answered; whoever answered was asked, whatever the log says."""
    asked = people.count("""
        SELECT count(*) FROM people p WHERE intent IS NOT NULL OR EXISTS (
            SELECT 1 FROM asked a WHERE (a.course_id, a.username, a.survey) = (p.course_id, p.username, 'enrolment'))
    """)
    if people.count("SELECT count(*) FROM asked WHERE survey = 'enrolment'"):
        return share(said, asked, "registrants who were asked")
    return share(said, people.count("SELECT count(*) FROM people"), "registrants")
