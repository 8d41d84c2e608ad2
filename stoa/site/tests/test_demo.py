import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.models import Person
from stoa.assessment.actions import lay_out_quizzes
from stoa.assessment.models import Attempt
from stoa.catalogue.models import Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc import walking
from stoa.coursedoc.model import ChoicePart, Quiz
from stoa.courseware.models import Enrolment, StepCompletion
from stoa.courseware.tests.makers import NOON, a_run
from stoa.insights.actions import Survey
from stoa.insights.models import Answer, Asking
from stoa.insights.queries.survey_words import choices_of
from stoa.kernel.clock import now
from stoa.mail.models import Mail
from stoa.site.commands import demo
from stoa.site.rules.answering import answers_to
from stoa.site.rules.crowds import Span, path_of
from stoa.site.rules.films import stretches
from stoa.site.rules.sayings import by_mail, intent_of, when_through

Capture = Callable[..., AbstractContextManager[object]]
SEEDED = Random  # noqa: S311 -- invented people: no secret hangs on this chance
KINDS = (Person, Enrolment, StepCompletion, Attempt, Asking, Answer)
STEPS = [f"s{n}" for n in range(40)]


@given(st.integers(), st.integers(-200, 200))
def test_a_way_through_a_course_runs_forwards_and_ends_by_now(seed: int, days: int) -> None:
    starts = NOON + timedelta(days=days)
    span = Span(opens=starts - timedelta(weeks=7), starts=starts, closes=starts + timedelta(weeks=12))
    until = max(NOON, span.opens + timedelta(days=1))

    way = path_of(SEEDED(seed), span=span, steps=STEPS, until=until)

    times = [at for _, at in way.done]
    assert times == sorted(times)
    assert [step for step, _ in way.done] == STEPS[: len(times)]
    assert span.opens <= way.enrolled_at <= until
    assert all(way.enrolled_at <= at <= until for at in times)


@given(st.integers())
def test_whoever_knows_everything_answers_rightly(seed: int) -> None:
    quiz = next(item for item in walking.items(a_document()) if isinstance(item, Quiz))

    given_answers = answers_to(quiz, SEEDED(seed), skill=1.0)

    part = quiz.parts[0]
    assert isinstance(part, ChoicePart)
    assert given_answers == {part.id: tuple(choice.id for choice in part.choices if choice.correct)}


def a_course_with_a_quiz() -> Run:
    document = a_document()
    run = a_run(document=document)
    quizzes = {item.id: item for item in walking.items(document) if isinstance(item, Quiz)}
    lay_out_quizzes(version=run.version, quizzes=quizzes, render=lambda text: text.source)
    return run


@pytest.mark.django_db
def test_the_demo_fills_three_runs_and_a_second_time_changes_nothing() -> None:
    run = a_course_with_a_quiz()
    words = ["--course", run.course.slug, "--learners", "25"]

    first = CliRunner().invoke(demo, words)
    counts = [kind.objects.count() for kind in KINDS]
    second = CliRunner().invoke(demo, words)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert [kind.objects.count() for kind in KINDS] == counts
    assert [run.code for run in run.course.runs.order_by("code")] == ["2026-1", "next", "past"]
    assert min(counts) > 0
    assert Mail.objects.count() == 0


@pytest.mark.django_db
def test_the_demo_is_logged_when_it_happened_and_its_films_are_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    run = a_course_with_a_quiz()

    with django_capture_on_commit_callbacks(execute=True):
        CliRunner().invoke(demo, ["--course", run.course.slug, "--learners", "40"])

    told = [
        json.loads(line) for path in tmp_path.glob("spool/**/*.log") for line in path.read_text().splitlines() if line
    ]
    acts = [event for event in told if event["event_type"] in {"problem_check", "play_video", "stop_video"}]
    days = {event["time"][:10] for event in acts}
    films = {json.loads(event["event"])["id"] for event in acts if event["event_source"] == "browser"}
    assert len(days) > 5
    assert max(event["time"] for event in acts) <= now().isoformat()
    assert {film.rpartition("@")[2] for film in films} == {"what-a-program-is"}
    assert all(film.startswith("block-v1:") for film in films)


@given(st.integers(), st.floats(1, 4000))
def test_what_is_watched_lies_in_the_film(seed: int, duration: float) -> None:
    for begins, ends in stretches(SEEDED(seed), duration):
        assert 0 <= begins <= ends <= duration


@pytest.mark.django_db
def test_the_demo_learner_stands_in_the_middle_of_the_course() -> None:
    run = a_course_with_a_quiz()
    words = [
        "--course",
        run.course.slug,
        "--learners",
        "0",
        "--learner",
        "me@post.example",
        "--password",
        "tall-columns-9",
    ]

    done = CliRunner().invoke(demo, words)

    person = Person.objects.get(email="me@post.example")
    assert done.exit_code == 0, done.output
    assert person.check_password("tall-columns-9")
    assert list(Enrolment.objects.values_list("person", "run")) == [(person.pk, run.pk)]
    assert StepCompletion.objects.count() == 2


@pytest.mark.django_db
def test_the_demo_says_what_is_missing() -> None:
    nothing = CliRunner().invoke(demo, [])

    assert nothing.exit_code == 1
    assert "`stoa import PATH` brings one in." in nothing.output


@given(st.integers(), st.floats(0, 1))
def test_invented_learners_give_answers_that_there_are(seed: int, share: float) -> None:
    dice = SEEDED(seed)
    intent, said = intent_of(dice, share=share), when_through(dice) | by_mail(dice)

    assert (intent or "unsure") in dict(choices_of(Survey.ENROLMENT, "intent"))
    assert said.get("reason", "time") in dict(choices_of(Survey.EXIT, "reason"))
    assert said.get("satisfied", "yes") in dict(choices_of(Survey.EXIT, "satisfied"))
