"""The charts of what the team of a run sees, each by its name in addresses."""

from stoa.insights.queries.attrition import gone_drawn, still_there_drawn
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.endings import endings_drawn
from stoa.insights.queries.pace import pace_drawn
from stoa.insights.queries.problems import answers_drawn, problems_drawn
from stoa.insights.queries.steps import steps_drawn
from stoa.insights.queries.watched import videos_drawn
from stoa.insights.rules.answers import CoursePage


def team_charts(answer: CoursePage) -> dict[str, Drawn]:
    """Every chart of one run that there is something to draw of."""
    made = [
        steps_drawn(answer),
        still_there_drawn(answer),
        *gone_drawn(answer),
        endings_drawn(answer),
        pace_drawn(answer),
        *videos_drawn(answer),
        problems_drawn(answer),
        answers_drawn(answer),
    ]
    return {one.chart.name: one for one in made if one.chart.rows}
