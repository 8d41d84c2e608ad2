"""Appeals: two peers who know nothing of the work read it, or an instructor does; nobody loses by asking."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.accounts.actions import delete_account
from stoa.assessment.models import Sheet
from stoa.kernel.clock import now
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import Anchor, Appeal, FreshReading, Marking, Score, StaffRead, Submission, Transition
from stoa.peer_review.queries.estimating import material_of
from stoa.peer_review.queries.fresh_readers import fresh_readers
from stoa.peer_review.queries.records import work_record
from stoa.peer_review.rules import appeals
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.tests.classes import DAY, HOUR, Class
from stoa.peer_review.tests.makers import MONDAY
from stoa.peer_review.tests.reading import words
from stoa.peer_review.tests.rooms import a_scored_class, says

pytestmark = pytest.mark.django_db
EIGHT = ("Ada", "Bo", "Chi", "Dov", "Eli", "Fen", "Gus", "Hal")


def a_steady_class() -> Class:
    """Eight learners whose work is read by three others each and final, Ada's with 60; all of them read steadily."""
    room = a_scored_class(*EIGHT)
    estimate_assignment(room.assignment, at=now())
    all_read_steadily()
    Score.objects.filter(pk=room.works["Ada"].pk).update(points=60.0, low=50.0, high=70.0)
    return room


def all_read_steadily() -> None:
    """Whatever was estimated of them: their marks scatter by seven points."""
    Marking.objects.update(bias_variance=9.0, shape=8.0, rate=8.0 * 49, reviews=6)


def appealed(room: Class, name: str = "Ada") -> Appeal:
    return actions.appeal(
        submission=room.works[name],
        by=room.person(name),
        criterion_id="does-it-work",
        reason="Line 7 counts capitals; I got 40 for it.",
        at=now(),
    )


def fresh(room: Class, name: str = "Ada") -> list[str]:
    """Who may read this work anew."""
    people = {room.person(one).pk: one for one in EIGHT}
    return [people[number] for number in fresh_readers(room.place(name), now=now())]


def reads_anew(room: Class, name: str, level: int = -1) -> FreshReading:
    reading = actions.read_anew(assignment=room.assignment, person=room.person(name), at=now())
    return actions.give_fresh_reading(reading=reading, marks=room.marks(level), at=now())


@pytest.mark.req("R115")
def test_fresh_readers_are_steady_gave_all_their_reviews_and_never_saw_the_work() -> None:
    room = a_steady_class()
    readers = {review.reviewer_id for review in room.works["Ada"].reviews.all()}
    others = [name for name in EIGHT if name != "Ada" and room.person(name).pk not in readers]

    assert sorted(fresh(room)) == [name for name in others if room.place(name).credit == 2]
    first, second, *rest = fresh(room)
    Marking.objects.filter(person=room.person(first)).update(rate=8.0 * 400)
    assert fresh(room) == [second, *rest]
    actions.keep_apart(person=room.person("Ada"), other=room.person(second), why="friends", at=now())
    assert fresh(room) == rest


@pytest.mark.req("R115")
def test_two_fresh_readers_raise_a_score_and_teach_nothing_of_leniency() -> None:
    room = a_steady_class()
    before = Score.objects.get(pk=room.works["Ada"].pk).points
    made = appealed(room)
    reviews = len(material_of(room.assignment).reviews)

    first, second = fresh(room)[:2]
    reads_anew(room, first)
    assert Submission.objects.get(pk=made.pk).state == "reviewing"
    reads_anew(room, second)

    made.refresh_from_db()
    score = Score.objects.get(pk=made.pk)
    assert (made.found, made.answered_by, Submission.objects.get(pk=made.pk).state) == (100.0, "peers", "final")
    assert (score.points, score.method) == (100.0, Score.Method.FRESH)
    assert score.points > before
    assert list(Anchor.objects.values_list("points", "at_random")) == [(100.0, False)]
    assert len(material_of(room.assignment).reviews) == reviews
    assert not StaffRead.objects.filter(settled_at=None).exists()
    assert Sheet.objects.get(enrolment=room.authors["Ada"].enrolment).best == 1.0
    estimate_assignment(room.assignment, at=now() + HOUR)
    assert Score.objects.get(pk=made.pk).points == 100.0


@pytest.mark.req("R115")
def test_fresh_readers_who_find_less_leave_the_score() -> None:
    room = a_steady_class()
    before = Score.objects.get(pk=room.works["Ada"].pk).points
    made = appealed(room)

    for name in fresh(room)[:2]:
        reads_anew(room, name, level=0)

    made.refresh_from_db()
    assert made.found == 0.0
    assert Score.objects.get(pk=made.pk).points == before
    mail = Mail.objects.get(subject__contains="your appeal is answered")
    assert "The score stays as it was." in mail.text


@pytest.mark.req("R115")
def test_fresh_readers_far_apart_leave_it_to_an_instructor() -> None:
    room = a_steady_class()
    made = appealed(room)
    first, second = fresh(room)[:2]

    reads_anew(room, first, level=0)
    reads_anew(room, second, level=-1)

    made.refresh_from_db()
    assert (made.settled_at, made.peers_until) == (None, None)
    assert StaffRead.objects.get(submission=made.pk, settled_at=None).reason == StaffRead.Reason.APPEAL
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())
    made.refresh_from_db()
    assert (made.answered_by, made.found) == ("staff", 100.0)


@pytest.mark.req("R115")
def test_an_appeal_that_peers_do_not_answer_in_time_falls_to_staff() -> None:
    room = a_steady_class()
    made = appealed(room)
    reads_anew(room, fresh(room)[0])
    until = made.peers_until
    assert until is not None

    actions.look_at_appeals(at=until - HOUR)
    early = StaffRead.objects.filter(settled_at=None).count()
    actions.look_at_appeals(at=until)
    actions.look_at_appeals(at=until + HOUR)

    assert early == 0
    assert [read.due_at for read in StaffRead.objects.filter(settled_at=None)] == [until + 7 * DAY]
    with pytest.raises(actions.NothingToReadAnew):
        actions.read_anew(assignment=room.assignment, person=room.person("Bo"), at=until + HOUR)


@pytest.mark.req("R115")
def test_where_no_two_peers_can_read_it_an_instructor_is_asked_at_once() -> None:
    room = a_scored_class("Ada", "Bo", "Chi", "Dov")

    made = appealed(room)

    assert made.peers_until is None
    assert StaffRead.objects.get(settled_at=None).reason == StaffRead.Reason.APPEAL


def test_an_instructor_may_answer_first_and_the_fresh_reading_is_then_over() -> None:
    room = a_steady_class()
    appealed(room)
    reading = actions.read_anew(assignment=room.assignment, person=room.person(fresh(room)[0]), at=now())

    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())

    assert FreshReading.objects.get().state == FreshReading.State.RELEASED
    with pytest.raises(actions.ReviewOver):
        actions.give_fresh_reading(reading=reading, marks=room.marks(), at=now())


def test_work_is_reserved_for_two_fresh_readers_and_freed_when_one_gives_it_back_or_runs_out_of_time() -> None:
    room = a_steady_class()
    appealed(room)
    first, second = fresh(room)[:2]
    held = actions.read_anew(assignment=room.assignment, person=room.person(first), at=now())

    again = actions.read_anew(assignment=room.assignment, person=room.person(first), at=now())
    other = actions.read_anew(assignment=room.assignment, person=room.person(second), at=now())
    actions.look_at_appeals(at=now() + 25 * HOUR)
    states = list(FreshReading.objects.order_by("pk").values_list("state", flat=True))
    late = actions.give_fresh_reading(reading=held, marks=room.marks(), at=now() + 26 * HOUR)
    actions.decline_fresh_reading(reading=other, at=now() + 26 * HOUR)

    assert held == again
    assert states == ["expired", "expired"]
    assert (late.state, late.points) == ("given", 100.0)
    with pytest.raises(actions.NothingToReadAnew):
        actions.read_anew(assignment=room.assignment, person=room.person(second), at=now() + 27 * HOUR)


def test_a_fresh_reading_without_its_words_is_refused_and_the_same_again_is_one() -> None:
    room = a_steady_class()
    appealed(room)
    reading = actions.read_anew(assignment=room.assignment, person=room.person(fresh(room)[0]), at=now())
    marks = room.marks()

    with pytest.raises(actions.ReviewRefused):
        actions.give_fresh_reading(reading=reading, marks=actions.Marks(levels=marks.levels, comments={}), at=now())
    actions.give_fresh_reading(reading=reading, marks=marks, at=now())
    actions.give_fresh_reading(reading=reading, marks=marks, at=now())

    assert FreshReading.objects.filter(state=FreshReading.State.GIVEN).count() == 1


@pytest.mark.req("R115")
@pytest.mark.req("R025")
def test_the_second_look_is_blind_to_author_marks_and_the_appeals_words(client: Client) -> None:
    room = a_steady_class()
    appealed(room)
    name = fresh(room)[0]
    mail = Mail.objects.filter(person=room.person(name), subject__contains="a second look is asked of you").get()

    offered = says(client, room, name, "reviews/")
    address = client.post(room.authors[name].address("second-look/")).headers["Location"]
    page = client.get(address).content.decode()
    shown = words(page.split("<main", 1)[1])

    assert "A work needs a second look" in offered
    assert "appeal" not in mail.text.lower()
    assert "Look most closely at: Does it work?" in shown
    assert "Judge the whole work all the same." in shown
    for hidden in ("Ada", "I got 40", "good things", "appeal"):
        assert hidden not in shown
    assert client.post(address, {}).status_code == 422
    client.force_login(room.person("Ada"))
    assert client.get(address).status_code == 404


@pytest.mark.req("R115")
def test_the_author_and_the_course_team_see_how_an_appeal_stands(client: Client) -> None:
    room = a_steady_class()
    client.force_login(room.person("Ada"))
    client.post(room.authors["Ada"].address("result/ratings/"), {"skip": "1"})
    appealed(room)
    first, second = fresh(room)[:2]
    reads_anew(room, first)

    author = says(client, room, "Ada", "result/")
    client.force_login(room.instructor)
    root = f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/"
    staff = words(client.get(f"{root}appeals/").content.decode())
    reads_anew(room, second)
    answered = says(client, room, "Ada", "result/")
    client.force_login(room.instructor)
    settled = words(client.get(f"{root}appeals/").content.decode())
    told = words(client.get(f"{root}works/{room.works['Ada'].pk}/history/").content.decode())

    assert "without its marks: 1 of 2 have" in author
    assert "without its marks: 1 of 2 have" in staff
    assert "Two peers who had not seen it read it. The score rose from" in answered
    assert "Two peers who had not seen it read the whole work after your appeal" in answered
    assert "two peers who had not seen it" in settled
    assert "Appeal: a fresh reader has read it" in told


def test_every_step_of_an_appeal_is_written_down() -> None:
    room = a_steady_class()
    made = appealed(room)
    for name in fresh(room)[:2]:
        reads_anew(room, name)

    steps = Transition.objects.filter(submission=made.pk, what__in=["appeal", "state", "score"])
    last = [(row.what, row.became) for row in steps.order_by("pk")][-7:]

    assert last == [
        ("state", "appeal"),
        ("appeal", "peers"),
        ("state", "reviewing"),
        ("appeal", "read"),
        ("appeal", "read"),
        ("state", "final"),
        ("score", "100.00"),
    ]


def test_who_erases_the_account_leaves_the_second_look_to_others_and_takes_the_appeal_along() -> None:
    room = a_steady_class()
    appealed(room)
    first, second = fresh(room)[:2]
    actions.read_anew(assignment=room.assignment, person=room.person(first), at=now())
    given = reads_anew(room, second)
    taken = [record.what for record in work_record(room.person(second).pk)]

    for name in (first, second, "Ada"):
        delete_account(person=room.person(name), at=now())

    given.refresh_from_db()
    assert "second look given" in taken
    assert (given.reader, FreshReading.objects.count()) == (None, 1)
    assert Appeal.objects.get().reason == ""


def test_two_readings_agree_by_their_mean_unless_far_apart() -> None:
    assert appeals.agreed([70.0, 80.0]) == 75.0
    assert appeals.agreed([40.0, 80.0]) is None
    assert appeals.agreed([80.0]) is None
    assert (appeals.wanted(given=0, reading=0), appeals.wanted(given=1, reading=1)) == (2, 0)
    assert appeals.for_peers(fresh_readers=2, lowered=False)
    assert not appeals.for_peers(fresh_readers=1, lowered=False)
    assert not appeals.for_peers(fresh_readers=6, lowered=True)
    assert appeals.peers_until(at=MONDAY, promise=Promise(days=7)) == MONDAY + timedelta(days=3)
