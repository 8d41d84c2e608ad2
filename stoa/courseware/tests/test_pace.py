from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.actions import open_run
from stoa.courseware import actions
from stoa.courseware.models import Enrolment, RunChange
from stoa.courseware.queries import dates_at, notes_of, progress_of
from stoa.courseware.rules.outlines import Outline, OutlineLesson, OutlineModule, OutlineStep
from stoa.courseware.rules.pace import Pace, Shift, days_rested, due_dates, moved
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment, desk_of

ZONES = st.sampled_from(["UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu"])
EARLY, LATE = datetime(2020, 1, 1), datetime(2035, 1, 1)  # noqa: DTZ001 -- Hypothesis adds the zone
MOMENTS = st.datetimes(EARLY, LATE, timezones=st.just(UTC))


def an_outline(modules: int, due: datetime | None = None) -> Outline:
    def step(module: int, n: int) -> OutlineStep:
        return OutlineStep(
            id=f"m{module}-s{n}",
            lesson_id=f"l{module}",
            module_id=f"m{module}",
            title="A step",
            kind="reading",
            minutes=5,
            due=due if n == 1 else None,
        )

    return Outline(
        tuple(
            OutlineModule(
                id=f"m{module}",
                title=f"Week {module}",
                number=module,
                lessons=(OutlineLesson(id=f"l{module}", title="", steps=(step(module, 1), step(module, 2))),),
            )
            for module in range(1, modules + 1)
        )
    )


def test_a_module_a_week_is_due_in_the_evening_of_the_course() -> None:
    found = due_dates(an_outline(2), Pace(begins=NOON, weeks=2, zone="Africa/Nairobi"))

    nairobi = ZoneInfo("Africa/Nairobi")
    first, second = datetime(2026, 3, 9, 21, tzinfo=nairobi), datetime(2026, 3, 16, 21, tzinfo=nairobi)
    assert found == {"m1-s1": first, "m1-s2": first, "m2-s1": second, "m2-s2": second}


def test_dates_of_the_document_count_alone() -> None:
    a_week = Shift(days=7, at=NOON)

    found = due_dates(an_outline(1, NOON), Pace(begins=NOON, weeks=9, zone="UTC", shifts=(a_week,)))

    assert found == {"m1-s1": NOON + timedelta(days=7)}


def test_without_a_beginning_nothing_is_due() -> None:
    assert due_dates(an_outline(3), Pace(begins=None, weeks=3, zone="UTC")) == {}


@given(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 30)), MOMENTS, ZONES, st.integers(0, 400))
def test_dates_never_run_backwards_and_a_shift_moves_all_alike(
    modules: int, weeks: int | None, begins: datetime, zone: str, days: int
) -> None:
    outline = an_outline(modules)
    planned = due_dates(outline, Pace(begins=begins, weeks=weeks, zone=zone))
    shifts = (Shift(days=days, at=begins),)
    later = due_dates(outline, Pace(begins=begins, weeks=weeks, zone=zone, shifts=shifts))

    inorder = [planned[step.id] for step in outline.steps]
    assert inorder == sorted(inorder)
    assert inorder[0] > begins
    local = begins.astimezone(ZoneInfo(zone)).date()
    assert (inorder[-1].date() - local).days == 7 * (weeks or modules)
    assert {step: due.date() - planned[step].date() for step, due in later.items()} == dict.fromkeys(
        planned, timedelta(days=days)
    )


@given(MOMENTS, st.lists(st.builds(Shift, days=st.integers(0, 30), at=MOMENTS), max_size=5))
def test_no_shift_opens_what_was_closed_when_it_was_made(due: datetime, unordered: list[Shift]) -> None:
    shifts = sorted(unordered, key=lambda shift: shift.at)

    for made, shift in enumerate(shifts):
        before = moved(due, shifts[:made])
        if before < shift.at:
            assert moved(due, shifts[: made + 1]) == before
    assert moved(due, shifts) >= due


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_a_rest_gives_back_every_day_that_began(since: datetime, length: timedelta) -> None:
    days = days_rested(since=since, until=since + length)

    assert timedelta(days=days) - length < timedelta(days=1)
    assert timedelta(days=days) >= length


@pytest.mark.django_db
@pytest.mark.req("R081")
def test_a_pause_shifts_the_dates_by_its_days() -> None:
    ada = an_enrolment()
    planned = [date.due for date in dates_at(desk_of(ada))]

    actions.pause(enrolment=ada, at=NOON)
    resting = dates_at(desk_of(ada))
    days = actions.resume(enrolment=ada, at=NOON + timedelta(days=4, hours=1))

    assert resting == ()
    assert days == 5
    assert [date.due for date in dates_at(desk_of(ada))] == [due + timedelta(days=5) for due in planned]


@pytest.mark.django_db
@pytest.mark.req("R052", "R144")
def test_dates_shift_as_often_as_one_likes_and_go_back_to_the_plan() -> None:
    ada = an_enrolment()
    planned = [date.due for date in dates_at(desk_of(ada))]

    for _ in range(3):
        actions.shift_dates(enrolment=ada, days=7, at=NOON)
    shifted = [date.due for date in dates_at(desk_of(ada))]
    actions.keep_planned_dates(enrolment=ada)

    assert shifted == [due + timedelta(days=21) for due in planned]
    assert [date.due for date in dates_at(desk_of(ada))] == planned
    with pytest.raises(actions.ShiftTooLong):
        actions.shift_dates(enrolment=ada, days=4000, at=NOON)


@pytest.mark.django_db
@pytest.mark.req("R145")
def test_who_has_what_they_wanted_is_reminded_of_nothing_and_may_take_it_up_again() -> None:
    ada = an_enrolment()

    actions.be_content(enrolment=ada, at=NOON)
    content = desk_of(ada)
    actions.want_more(enrolment=ada)

    assert (content.fulfilled_at, content.dates, content.enrolled) == (NOON, {}, True)
    assert desk_of(ada).fulfilled_at is None


@pytest.mark.django_db
def test_who_changes_the_run_takes_everything_along() -> None:
    ada = an_enrolment()
    actions.complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    actions.take_note(enrolment=ada, step_id="m1-s1", seconds=None, text="Values are things.", at=NOON)
    left = ada.run
    to = open_run(version=left.version, code="next")

    moved = actions.change_run(enrolment=ada, to=to, at=NOON + timedelta(days=9))

    assert (moved.pk, moved.run, moved.at) == (ada.pk, to, NOON + timedelta(days=9))
    assert progress_of(moved).done == 1
    assert [note.text for note in notes_of(moved.pk)] == ["Values are things."]
    assert list(RunChange.objects.values_list("enrolment", "left")) == [(ada.pk, left.pk)]


@pytest.mark.django_db
def test_nobody_changes_into_another_course_or_a_run_they_are_in() -> None:
    ada = an_enrolment()
    there = an_enrolment(run=open_run(version=ada.run.version, code="next"), person=ada.person)

    with pytest.raises(actions.AlreadyThere):
        actions.change_run(enrolment=ada, to=there.run, at=NOON)
    with pytest.raises(actions.OtherCourse):
        actions.change_run(enrolment=ada, to=a_run(), at=NOON)
    assert Enrolment.objects.get(pk=ada.pk).run == ada.run


@pytest.mark.django_db
def test_nobody_joins_before_enrolment_opens_or_after_it_closes_but_who_was_there_comes_back() -> None:
    run = a_run()
    run.enrolment_opens_at, run.enrolment_closes_at = NOON, NOON + timedelta(days=7)
    run.save()
    ada = actions.enrol(run=run, person=a_learner(), at=NOON)
    actions.withdraw(enrolment=ada, at=NOON)

    with pytest.raises(actions.EnrolmentNotOpenYet):
        actions.enrol(run=run, person=a_learner(), at=NOON - timedelta(seconds=1))
    with pytest.raises(actions.EnrolmentClosed):
        actions.enrol(run=run, person=a_learner(), at=NOON + timedelta(days=7))
    assert actions.enrol(run=run, person=ada.person, at=NOON + timedelta(days=30)) == ada


@pytest.mark.django_db
@pytest.mark.req("R147")
def test_a_run_that_has_ended_is_an_archive_that_everyone_may_open() -> None:
    run = a_run()
    run.enrolment_closes_at, run.ends_at = NOON, NOON + timedelta(days=60)
    run.save()

    late = actions.enrol(run=run, person=a_learner(), at=NOON + timedelta(days=61))

    assert desk_of(late).enrolled
