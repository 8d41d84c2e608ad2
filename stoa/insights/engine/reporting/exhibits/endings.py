"""Whether those who did not finish are content all the same, and why they stopped."""

from typing import Final

from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, bars, counted, folded, share, share_grid
from stoa.insights.engine.reporting.people import People

REASONS: Final = {
    "time": "no time",
    "done": "got what they wanted",
    "hard": "too hard",
    "easy": "too easy",
    "expected": "not what they expected",
    "technical": "something did not work",
    "later": "will go on later",
    "other": "something else",
}
_METHOD: Final = (
    "Who did every step or said that they have what they wanted is asked on the page, who stopped or left by one mail. "
    "Finished: passed the course or earned the credential. The response rate is of those whom the log tells to have "
    "been asked, and of participants where it tells of nobody; shares of answers are of those who answered."
)
_GROUPS: Final = """
SELECT CASE WHEN certified OR completed THEN 'finished' ELSE 'did not finish' END AS ended,
    count(*) FILTER (satisfied IS NOT NULL OR exit_reason IS NOT NULL OR a.survey IS NOT NULL) AS asked,
    count(*) AS everybody, count(satisfied) AS said, count(*) FILTER (satisfied = 'yes') AS content
FROM people LEFT JOIN (SELECT * FROM asked WHERE survey = 'exit') a USING (course_id, username)
WHERE viewed OR a.survey IS NOT NULL GROUP BY 1 ORDER BY 1 DESC
"""
_WHO: Final = "participants who answered"
_HEAD: Final = ("how it ended", "asked", "answered", "satisfied")


def endings(people: People) -> list[Exhibit]:
    """One exhibit; none where too few answered."""
    if people.count("SELECT least(count(satisfied), count(exit_reason)) FROM people") < LEAST:
        return []
    told = people.count("SELECT count(*) FROM asked WHERE survey = 'exit'") > 0
    groups = {
        ended: (asked if told else everybody, said, content)
        for ended, (asked, everybody, said, content) in people.groups(_GROUPS)
    }
    asked, said, content = groups.get("did not finish", (0, 0, 0))
    whom = "participants who were asked" if told else "participants"
    reasons = people.counts("SELECT exit_reason, count(*) FROM people WHERE exit_reason IS NOT NULL GROUP BY 1")
    named = ((REASONS.get(name, name), count) for name, count in reasons.items())
    counts = folded(dict(sorted(named, key=lambda one: (-one[1], one[0]))))
    given = sum(reasons.values())
    rows = tuple(
        (ended, counted(asked), share(said, asked, whom), share(content, said, _WHO))
        for ended, (asked, said, content) in groups.items()
    )
    return [
        Exhibit(
            anchor="endings",
            question="Are those who do not finish satisfied?",
            answer=f"Of those who did not finish there are satisfied: {share(content, said, _WHO)}.",
            number=share(content, said, _WHO),
            denominator=f"{counted(said)} {_WHO}; response rate: {share(said, asked, whom)}",
            method=_METHOD,
            charts=(bars("Why it ended", counts, who="participants who gave a reason", of=given, method=_METHOD),)
            if counts
            else (),
            grids=(
                Grid(caption="Satisfied, by how it ended", head=_HEAD, rows=rows),
                share_grid("Why it ended", counts, head="reason", of=given, who="participants who gave a reason"),
            ),
        )
    ]
