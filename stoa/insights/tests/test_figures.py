"""Pages ask over a socket, and get what the Parquet files hold."""

from pathlib import Path

import pytest

from stoa.insights.engine.metrics.states import COURSE_FACTS
from stoa.insights.queries import figures
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.names import name_of
from stoa.insights.rules.answers import Counts, Headline, Slice
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.tests.answering import answering
from stoa.insights.tests.crowds import DAY, JANUARY, Row, a_warehouse, add_registrations, add_rows, registrations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    return tmp_path


def test_each_dimension_is_counted_under_the_choice_of_all_others(folder: Path) -> None:
    rows = [
        *registrations(30, country="BR", gender="f", viewed=True, status="viewed"),
        *registrations(20, country="BR", gender="m"),
        *registrations(15, country="FR", gender="f"),
    ]
    choice = Choice(keys={Dimension.COUNTRY: ("BR",)})

    with answering(a_warehouse(folder / "w", rows)):
        found = figures.overview(choice, View.TEAM)

    assert found.shown == Counts(registered=50, participants=30)
    assert found.everyone == Counts(registered=65, participants=30)
    assert found.slices[Dimension.COUNTRY] == (
        Slice(key="BR", counts=Counts(registered=50, participants=30)),
        Slice(key="FR", counts=Counts(registered=15)),
    )
    assert found.slices[Dimension.GENDER] == (
        Slice(key="f", counts=Counts(registered=30, participants=30)),
        Slice(key="m", counts=Counts(registered=20)),
    )


@pytest.mark.req("R006")
def test_the_headline_counts_courses_certificates_participants_hours_and_events(folder: Path) -> None:
    done: Row = {
        "viewed": True,
        "explored": True,
        "certified": True,
        "status": "certified",
        "sum_dt_30": 3_600_000_000 * 5,
    }
    rows = [
        *registrations(3, **done, last_event=JANUARY + DAY),
        *registrations(4, viewed=True, course_id="course-v1:Uni+Ants+2026", sum_dt_30=1_800_000_000),
        *registrations(2, roles="staff", viewed=True),
    ]

    with answering(a_warehouse(folder / "w", rows)):
        found = figures.headline()

    assert found == Headline(
        version=1, as_of=found.as_of, courses=2, certificates=3, participants=7, hours=17.0, events=0
    )
    assert found.as_of is not None
    assert found.as_of.isoformat() == "2026-01-02T00:00:00+00:00"


@pytest.mark.req("R009")
def test_the_trend_has_a_month_for_each_month_and_what_came_so_far(folder: Path) -> None:
    march = JANUARY + 59 * DAY
    rows = [
        *registrations(10, viewed=True, first_event=JANUARY, country="BR", intent="browse"),
        *registrations(11, viewed=True, first_event=march, country="FR", intent="browse", area="art"),
        *registrations(12, viewed=True, first_event=march + DAY, country="BR", intent="certificate", area="art"),
        *registrations(13),
    ]

    with answering(a_warehouse(folder / "w", rows)):
        months = figures.trend().months

    assert [(one.month, one.participants, one.countries, one.goals, one.topics) for one in months] == [
        ("2026-01", 10, 1, 1, 1),
        ("2026-02", 0, 0, 0, 0),
        ("2026-03", 23, 2, 2, 1),
    ]
    assert [(one.participants_so_far, one.countries_so_far, one.goals_so_far, one.topics_so_far) for one in months] == [
        (10, 1, 1, 1),
        (10, 1, 1, 1),
        (33, 2, 2, 2),
    ]


def test_a_new_version_is_answered_at_once(folder: Path) -> None:
    warehouse = a_warehouse(folder / "w", registrations(10, viewed=True))

    with answering(warehouse):
        before = figures.headline()
        add_registrations(warehouse, registrations(5, viewed=True, course_id="course-v1:Uni+Ants+2026"))
        after = figures.headline()

    assert (before.version, before.participants, before.courses) == (1, 10, 1)
    assert (after.version, after.participants, after.courses) == (2, 15, 2)


def test_figures_that_cannot_be_had_say_what_to_do_and_the_last_ones_are_remembered(folder: Path) -> None:
    with answering(a_warehouse(folder / "w", registrations(10, viewed=True))):
        answered = figures.headline()

    with pytest.raises(FiguresUnavailable, match="`stoa up` starts it"):
        figures.headline()
    kept = figures.last_known(Question(asked=Asked.HEADLINE))

    assert kept is not None
    assert kept.answer == answered


def test_runs_of_one_title_are_told_apart_by_their_run_and_organisations_bear_their_names(folder: Path) -> None:
    warehouse = a_warehouse(folder / "w", registrations(12))
    told = (
        ("o+py+1", "Python", "1", "o", "Open Uni"),
        ("o+py+2", "Python", "2", "o", None),
        ("o+r+1", "R", "1", "p", None),
    )
    rows = [dict(zip(("course_id", "title", "run", "org", "org_name"), one, strict=True)) for one in told]
    add_rows(warehouse, "state/courses", COURSE_FACTS, rows)

    with answering(warehouse):
        found = figures.overview(Choice(), View.TEAM)

    assert found.titles == {"o+py+1": "Python · 1", "o+py+2": "Python · 2", "o+r+1": "R", "o": "Open Uni"}
    assert [name_of(Dimension.ORGANISATION, key, found.titles) for key in ("o", "p")] == ["Open Uni", "p"]


def test_organisations_of_one_name_are_told_apart_by_their_keys(folder: Path) -> None:
    warehouse = a_warehouse(folder / "w", registrations(12))
    rows = [{"course_id": f"{key}+b+1", "org": key, "org_name": "Open Uni"} for key in ("o", "p")]
    add_rows(warehouse, "state/courses", COURSE_FACTS, rows)

    with answering(warehouse):
        found = figures.overview(Choice(), View.TEAM)

    assert found.titles == {"o": "Open Uni · o", "p": "Open Uni · p"}
