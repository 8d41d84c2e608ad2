"""A final score falls in one way only: staff say that the work, or its reviews, are not what they seem."""

import pytest
from django.test import Client

from stoa.assessment.models import Sheet
from stoa.kernel.clock import now
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import Appeal, Lowering, Score, StaffRead, Submission, Transition
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.reading import words
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class, says

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")
REASON = "Lines 3 to 40 are those of a work handed in last spring."


def found(points: float = 20.0, kind: str = Lowering.Kind.COPIED, reason: str = REASON) -> actions.Finding:
    return actions.Finding(kind=kind, reason=reason, points=points)


def lowered(room: Class, finding: actions.Finding) -> Lowering:
    return actions.lower_score(submission=room.works["Ada"], finding=finding, by=room.instructor, at=now())


def address(room: Class, page: str) -> str:
    return f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/works/{room.works['Ada'].pk}/{page}"


@pytest.mark.req("R076")
@pytest.mark.req("R039")
def test_a_score_is_lowered_with_a_reason_that_the_learner_reads_and_everybody_can_check(client: Client) -> None:
    room = a_scored_class(*FOUR)
    before = Score.objects.get(pk=room.works["Ada"].pk).points
    client.force_login(room.instructor)

    form = words(client.get(address(room, "lowering/")).content.decode())
    answer = client.post(address(room, "lowering/"), {"reason": "copied", "points": "20", "words": REASON})
    history = words(client.get(answer.headers["Location"]).content.decode())

    score = Score.objects.get(pk=room.works["Ada"].pk)
    told = Transition.objects.filter(submission=score.pk, what="score").latest("pk")
    mail = Mail.objects.get(subject__contains="your score was lowered")
    assert "To judge the work differently is no reason" in form
    assert score.points == 20.0
    assert (told.was, told.became, told.by) == (f"{before:.2f}", "20.00", room.instructor)
    assert REASON in told.why
    assert REASON in history
    assert REASON in mail.text
    assert mail.person == room.person("Ada")
    assert Sheet.objects.get(enrolment=room.authors["Ada"].enrolment).best == pytest.approx(0.2)
    client.force_login(room.person("Ada"))
    client.post(room.authors["Ada"].address("result/ratings/"), {"skip": "1"})
    said = says(client, room, "Ada", "result/")
    assert REASON in said
    assert "An instructor reads your words and your work again." in said


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"points": "20", "words": REASON}, "Choose what was found"),
        ({"reason": "copied", "points": "20", "words": " "}, "Choose what was found"),
        ({"reason": "quality", "points": "20", "words": REASON}, "Choose what was found"),
        ({"reason": "copied", "points": "many", "words": REASON}, "Give points from 0"),
        ({"reason": "copied", "points": "100", "words": REASON}, "Give points from 0"),
    ],
)
def test_a_lowering_without_finding_reason_or_lower_points_is_refused(
    client: Client, fields: dict[str, str], problem: str
) -> None:
    room = a_scored_class(*FOUR)
    client.force_login(room.instructor)

    answer = client.post(address(room, "lowering/"), fields)

    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert not Lowering.objects.exists()


def test_what_is_calculated_never_raises_a_lowered_score_again() -> None:
    room = a_scored_class(*FOUR)
    lowered(room, found())

    estimate_assignment(room.assignment, at=now())

    assert Score.objects.get(pk=room.works["Ada"].pk).points == 20.0


@pytest.mark.req("R115")
def test_an_appeal_against_a_lowering_goes_to_an_instructor_and_can_raise_it() -> None:
    room = a_scored_class(*FOUR)
    lowered(room, found())

    made = actions.appeal(
        submission=room.works["Ada"], by=room.person("Ada"), criterion_id="does-it-work", reason="Mine.", at=now()
    )
    asked = StaffRead.objects.get(settled_at=None).reason
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())

    assert (made.peers_until, made.before, asked) == (None, 20.0, StaffRead.Reason.APPEAL)
    assert Score.objects.get(pk=room.works["Ada"].pk).points == 100.0


def test_a_score_that_is_not_final_was_lowered_or_is_appealed_cannot_be_lowered(client: Client) -> None:
    waiting = a_class_of(*FOUR)
    room = a_scored_class("Eli", "Ada", "Gus", "Hal")
    with pytest.raises(actions.LoweringRefused):
        lowered(waiting, found())
    actions.appeal(
        submission=room.works["Ada"], by=room.person("Ada"), criterion_id="does-it-work", reason="See 7.", at=now()
    )

    with pytest.raises(actions.LoweringRefused):
        lowered(room, found())
    client.force_login(room.instructor)
    said = words(client.get(address(room, "lowering/")).content.decode())

    assert Appeal.objects.get().settled_at is None
    assert "Its author has appealed: answer that first." in said


def test_a_lowering_ends_the_hold_under_which_staff_looked_into_the_work() -> None:
    room = a_scored_class(*FOUR)
    works = [room.works["Ada"]]
    actions.look_into_copies(works=works, by=room.instructor, reason="The same typing errors", at=now())

    lowered(room, found())

    assert Submission.objects.get(pk=room.works["Ada"].pk).state == "final"
    assert room.place("Ada").paused_at is None


def test_learners_do_not_reach_the_page(client: Client) -> None:
    room = a_scored_class(*FOUR)
    client.force_login(room.person("Bo"))

    assert client.get(address(room, "lowering/")).status_code == 404
    assert client.post(address(room, "lowering/"), {"reason": "copied", "points": "1", "words": "x"}).status_code == 404
