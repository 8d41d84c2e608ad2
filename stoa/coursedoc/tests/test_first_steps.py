"""The course that ships with Stoa."""

from pathlib import Path

import pytest

from stoa.coursedoc import model, walking
from stoa.coursedoc.formats.markdown import read_folder, write_folder
from stoa.coursedoc.imported import Imported
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit
from stoa.coursedoc.rendering import render

FOLDER = Path(__file__).parents[3] / "courses/first-steps-in-python"


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_folder(FOLDER)


def quizzes(imported: Imported) -> list[model.Quiz]:
    return [item for item in walking.items(imported.course) if isinstance(item, model.Quiz)]


def test_it_reads_without_a_finding(imported: Imported) -> None:
    assert imported.report.findings == ()
    assert imported.report.lost == 0


@pytest.mark.req("R101")
def test_it_has_every_kind_of_item_that_learners_meet(imported: Imported) -> None:
    kinds = {type(item) for item in walking.items(imported.course)}

    assert kinds == {
        model.Assignment,
        model.Discussion,
        model.Exercise,
        model.MoocVideo,
        model.OutsideResource,
        model.Pool,
        model.Quiz,
        model.Reading,
    }


def test_it_asks_in_every_way(imported: Imported) -> None:
    parts = [part for quiz in quizzes(imported) for part in quiz.parts]
    choices = [part for part in parts if isinstance(part, model.ChoicePart)]

    assert {type(part) for part in parts} == {model.ChoicePart, model.NumberPart, model.TextPart, model.FreeTextPart}
    assert {part.kind for part in choices} == {*ChoiceKind}
    assert {part.partial_credit for part in choices} == {*PartialCredit}
    assert {True, False} == {quiz.scored for quiz in quizzes(imported)}
    assert any(quiz.hints for quiz in quizzes(imported))
    assert any(len(quiz.parts) > 1 for quiz in quizzes(imported))


def test_every_scored_choice_has_a_right_answer_and_most_say_why(imported: Imported) -> None:
    parts = [
        part for quiz in quizzes(imported) if quiz.scored for part in quiz.parts if isinstance(part, model.ChoicePart)
    ]
    told = [choice for part in parts for choice in part.choices if choice.feedback or choice.unchosen_feedback]

    assert all(any(choice.correct for choice in part.choices) for part in parts)
    assert len(told) > sum(len(part.choices) for part in parts) / 2


@pytest.mark.req("R102")
def test_every_mooc_video_has_captions_in_two_languages_and_small_files(imported: Imported) -> None:
    videos = [item for item in walking.items(imported.course) if isinstance(item, model.MoocVideo)]
    sizes = {asset.name: asset.size for asset in imported.course.assets}

    assert len(videos) >= 4
    for video in videos:
        assert [one.language for one in video.captions] == ["en", "es"]
        assert 60 <= (video.duration or 0) <= 180
        assert [one.label for one in video.sources] == ["720p", "low data", "audio only"]
        assert all(sizes[one.url.removeprefix("asset:")] < 700_000 for one in video.sources)


@pytest.mark.req("R134")
def test_outside_resources_give_credit_and_licence(imported: Imported) -> None:
    resources = [item for item in walking.items(imported.course) if isinstance(item, model.OutsideResource)]

    assert resources
    assert all(one.credit and one.licence for one in resources)


@pytest.mark.req("R064", "R067")
def test_a_beginner_can_try_a_lesson_first(imported: Imported) -> None:
    assert imported.course.level == "beginner"
    assert imported.course.prerequisites == ()
    assert [lesson.id for lesson in walking.lessons(imported.course) if lesson.sample] == ["what-a-program-is"]


def test_every_lesson_that_scores_names_a_part_of_the_scheme(imported: Imported) -> None:
    parts = {part.name for part in imported.course.scheme.parts}

    assert {lesson.part for lesson in walking.lessons(imported.course)} == parts | {""}
    assert sum(part.weight for part in imported.course.scheme.parts) == pytest.approx(1)


def test_every_link_inside_leads_somewhere(imported: Imported) -> None:
    course = imported.course
    homes = {
        "asset": {asset.name for asset in course.assets},
        "item": {item.id for item in walking.items(course)},
        "lesson": {lesson.id for lesson in walking.lessons(course)},
        "page": {page.id for page in course.pages},
        "step": {place.step.id for place in walking.steps(course)},
    }
    dangling: list[str] = []

    def links(address: str) -> str:
        kind, _, name = address.partition(":")
        if kind in homes and name not in homes[kind]:
            dangling.append(address)
        return "/"

    texts = [
        item.text
        for item in walking.items(course)
        if isinstance(item, model.Reading | model.Exercise | model.Discussion)
    ]
    for text in [*texts, *(page.text for page in course.pages), *(news.text for news in course.announcements)]:
        render(text, links=links)
    assert dangling == []


def test_the_solutions_of_its_exercises_pass_their_own_checks(imported: Imported) -> None:
    exercises = [item for item in walking.items(imported.course) if isinstance(item, model.Exercise) and item.tests]

    assert len(exercises) >= 4
    for exercise in exercises:
        exec(exercise.solution + exercise.tests, {})  # noqa: S102 -- our own course


def test_it_goes_out_and_in_again(imported: Imported, tmp_path: Path) -> None:
    write_folder(imported.course, tmp_path / "out", imported.files)

    assert read_folder(tmp_path / "out").course == imported.course
