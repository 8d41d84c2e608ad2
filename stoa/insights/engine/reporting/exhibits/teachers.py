"""How many teachers learn, and how many of them what they teach."""

from typing import Final

from stoa.insights.engine.reporting.exhibit import Exhibit, bars, folded, share, share_grid
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure

ANSWERS: Final = {"now": "teach now", "was": "taught before", "never": "never taught"}
_METHOD: Final = (
    "Registrants who answered whether they teach. The subject is the same where the area that they teach is the area "
    "of the course."
)


def teachers(people: People) -> Exhibit:
    """Two shares."""
    found = people.counts("SELECT teacher, count(*) FROM people WHERE teacher IS NOT NULL GROUP BY 1")
    said, registered = sum(found.values()), people.count("SELECT count(*) FROM people")
    taught = found.get("now", 0) + found.get("was", 0)
    same = people.count("SELECT count(*) FROM people WHERE teacher IN ('now', 'was') AND teaches_area = area")
    who, them = "registrants who answered whether they teach", "registrants who teach or taught"
    counts = folded({words: found[key] for key, words in ANSWERS.items() if found.get(key)})
    return Exhibit(
        anchor="teachers",
        question="How many teachers are among the learners?",
        answer=(
            f"Who teach or taught: {share(taught, said, who)}. The subject of the course is what they teach for "
            f"{share(same, taught, them)}."
        ),
        number=share(taught, said, who),
        denominator=f"{figure(said)} {who}; response rate: {share(said, registered, 'registrants')}",
        method=_METHOD,
        charts=(bars("Who teaches", counts, who=who, of=said, method=_METHOD),) if counts else (),
        grids=(share_grid("Answers", counts, head="answer", of=said, who=who),),
    )
