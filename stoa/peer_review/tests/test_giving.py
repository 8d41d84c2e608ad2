"""The course team: all work, dates of the run, more time for one learner, teams."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, DeadlineExtension, Place, Submission, Team
from stoa.peer_review.tests.makers import DUE, MONDAY, WORDS, Author, a_run_of, an_assignment, an_author
from stoa.peer_review.tests.test_hand_in_pages import ahead, in_words, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def the_instructor(client: Client, author: Author) -> Client:
    assert author.assignment.responsible is not None
    client.force_login(author.assignment.responsible)
    return client


def some_dates(assignment: Assignment, **facts: object) -> actions.Dates:
    told = {name: getattr(assignment, name) for name in actions.Dates.__dataclass_fields__}
    return actions.Dates(**{**told, **facts})


def as_typed(assignment: Assignment) -> dict[str, str]:
    """The form of the dates as it stands."""
    told = {name: getattr(assignment, name) for name in actions.Dates.__dataclass_fields__}
    moments = {name: value.strftime("%Y-%m-%dT%H:%M") for name, value in told.items() if isinstance(value, datetime)}
    return {name: "" if value is None else moments.get(name, str(value)) for name, value in told.items()}


@pytest.mark.req("R113")
def test_the_team_sees_who_handed_in_who_writes_and_who_has_not_begun(client: Client) -> None:
    ada = ahead()
    bo, _cy = an_author(ada.run, "Bo"), an_author(ada.run, "Cy")
    ada.hands_in(at=now())
    bo.saves("Half", at=now())

    said = in_words(the_instructor(client, ada).get(ada.address("works/")))

    assert "1 handed in, of 3 learners." in said
    assert "Ada Okafor waiting for reviews" in said
    assert "Bo a draft, saved" in said
    assert "Cy nothing yet" in said


@pytest.mark.parametrize("page", ["works/", "dates/", "extensions/1/"])
def test_to_learners_these_pages_do_not_exist(client: Client, page: str) -> None:
    ada = ahead()

    assert signed_in(client, ada).get(ada.address(page)).status_code == 404


def test_more_time_for_one_learner_moves_nobody_else(client: Client) -> None:
    ada = an_author(a_run_of(an_assignment(due=now() - DAY)))
    bo = an_author(ada.run, "Bo")
    until = (now() + 3 * DAY).strftime("%Y-%m-%dT%H:%M")

    answer = the_instructor(client, ada).post(
        ada.address(f"extensions/{ada.enrolment.pk}/"), {"due_at": until, "reason": "Was ill"}
    )

    assert answer.status_code == 302
    assert ada.hands_in(at=now()).on_time
    with pytest.raises(actions.Closed):
        bo.hands_in(at=now())
    assert "it was moved for you" in in_words(signed_in(client, ada).get(ada.address()))


def test_why_is_asked_for(client: Client) -> None:
    ada = ahead()

    answer = the_instructor(client, ada).post(
        ada.address(f"extensions/{ada.enrolment.pk}/"), {"due_at": "2027-01-01T10:00", "reason": " "}
    )

    assert (answer.status_code, DeadlineExtension.objects.count()) == (422, 0)


def test_late_work_is_excused_by_an_extension_and_stays_in_its_queue() -> None:
    ada = an_author(a_run_of(an_assignment(late="accepted")))
    work = ada.hands_in(at=DUE + DAY)
    assert work.on_time is False

    actions.extend(
        assignment=ada.assignment,
        enrolment=ada.enrolment,
        due_at=DUE + 2 * DAY,
        reason="No power",
        by=a_learner("Ilse"),
        at=DUE + DAY,
    )

    work.refresh_from_db()
    assert (work.on_time, Place.objects.get(pk=work.pk).on_time) == (True, True)


def test_a_deadline_moved_back_and_forth_takes_nothing_from_anybody() -> None:
    ada = an_author()
    work = ada.hands_in(at=DUE - DAY)
    assignment = ada.assignment

    for due in (DUE - 2 * DAY, DUE + DAY):
        actions.set_dates(
            assignment=assignment, dates=some_dates(assignment, due_at=due), responsible=assignment.responsible, at=DUE
        )

    work.refresh_from_db()
    assert (work.on_time, work.promised_at) == (True, DUE + 6 * DAY)
    assert ada.assignment.set_by_hand == ["due_at"]


def test_dates_are_read_in_the_zone_of_the_run(client: Client) -> None:
    ada = ahead()
    ada.run.time_zone = "Europe/Berlin"
    ada.run.save()
    assignment = ada.assignment

    the_instructor(client, ada).post(
        ada.address("dates/"),
        {**as_typed(assignment), "due_at": "2026-12-14T22:00", "responsible": assignment.responsible_id or ""},
    )

    assert ada.assignment.due_at == datetime(2026, 12, 14, 21, 0, tzinfo=UTC)
    page = client.get(ada.address("dates/")).content.decode()
    assert 'value="2026-12-14T22:00"' in page


def test_a_deadline_before_the_opening_is_refused(client: Client) -> None:
    ada = ahead()

    answer = the_instructor(client, ada).post(
        ada.address("dates/"),
        {**as_typed(ada.assignment), "opens_at": "2026-12-14T22:00", "due_at": "2026-12-13T22:00"},
    )

    assert answer.status_code == 422
    assert "The deadline has to come after the opening." in in_words(answer)


def test_a_team_is_formed_by_invitation_and_hands_in_once(client: Client) -> None:
    ada = ahead(teams=True, team_size=2)
    bo = an_author(ada.run, "Bo")
    signed_in(client, ada).post(ada.address("team/"), {"name": "Porch"})
    team = Team.objects.get()

    assert "You are invited" in in_words(signed_in(client, bo).get(bo.address(f"team/{team.code}/")))
    client.post(bo.address(f"team/{team.code}/"))
    client.post(bo.address("submissions/"), {"answer-0": WORDS})

    assert "Handed in" in in_words(signed_in(client, ada).get(ada.address()))
    assert [work.team for work in Submission.objects.all()] == [team]
    assert sorted(Place.objects.get().authors) == sorted([ada.person.pk, bo.person.pk])


def test_a_team_has_bounds() -> None:
    run = a_run_of(an_assignment(teams=True, team_size=2))
    ada, bo, cy = an_author(run), an_author(run, "Bo"), an_author(run, "Cy")
    form = partial(actions.form_team, assignment=ada.assignment, at=MONDAY)
    join = partial(actions.join_team, assignment=ada.assignment, at=MONDAY)
    team = form(by=ada.enrolment, name=" The  Porch ")

    with pytest.raises(actions.NameTaken):
        form(by=bo.enrolment, name="The Porch")
    with pytest.raises(actions.InATeam):
        form(by=ada.enrolment, name="Another")
    with pytest.raises(actions.NoSuchTeam):
        join(by=bo.enrolment, code="guess")
    join(by=bo.enrolment, code=team.code)
    with pytest.raises(actions.TeamFull):
        join(by=cy.enrolment, code=team.code)
    with pytest.raises(actions.NoTeam):
        cy.hands_in()
    ada.hands_in()
    with pytest.raises(actions.TeamHasHandedIn):
        actions.leave_team(assignment=ada.assignment, by=bo.enrolment)
    assert team.name == "The Porch"


def test_the_last_one_who_leaves_takes_the_team_along() -> None:
    ada = an_author(a_run_of(an_assignment(teams=True)))
    actions.form_team(assignment=ada.assignment, by=ada.enrolment, name="Porch", at=MONDAY)

    actions.leave_team(assignment=ada.assignment, by=ada.enrolment)

    assert not Team.objects.exists()
