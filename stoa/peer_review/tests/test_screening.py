"""The first look: languages, blank and unreadable work, work that is the same."""

import io

import pytest

from stoa.coursedoc.model import FilePolicy
from stoa.coursedoc.model.assignments import Need
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.actions.screening import screen, waiting
from stoa.peer_review.actions.sweeping import KEPT, sweep_files
from stoa.peer_review.models import Draft, Place, Submission, SubmittedFile
from stoa.peer_review.queries.files import bytes_at
from stoa.peer_review.tests.makers import MONDAY, WORDS, Author, a_run_of, an_assignment, an_author

pytestmark = pytest.mark.django_db
TEXTS = FilePolicy(need=Need.OPTIONAL, types=("txt",))


def adds(author: Author, name: str, content: bytes) -> SubmittedFile:
    file = actions.Upload(name=name, size=len(content), content=io.BytesIO(content))
    return actions.upload(assignment=author.assignment, enrolment=author.enrolment, file=file, at=MONDAY)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (WORDS, "en"),
        ("Mi programa cuenta las palabras de un texto, porque siempre vuelven las mismas palabras.", "es"),
        ("يحسب برنامجي كلمات نص عن الطقس لأن الكلمات نفسها تتكرر مرة بعد مرة", "ar"),
        ("Ok.", ""),
    ],
)
def test_the_language_is_told_from_the_words(words: str, language: str) -> None:
    work = an_author().hands_in(words)

    assert screen(submission_id=work.pk, at=MONDAY) is Submission.Screen.CLEAR

    work.refresh_from_db()
    assert (work.language, Place.objects.get(pk=work.pk).language) == (language, language)


def test_the_same_work_of_two_authors_is_shown_and_judged_by_nobody() -> None:
    run = a_run_of()
    first = an_author(run).hands_in(WORDS)
    second = an_author(run, "Bo").hands_in(WORDS.upper() + "  ")

    for work in (first, second):
        screen(submission_id=work.pk, at=MONDAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert second.screen == Submission.Screen.DUPLICATE
    assert first.cluster == second.cluster != ""
    assert {place.cluster for place in Place.objects.all()} == {first.cluster}
    assert second.state == Submission.State.OPEN


def test_a_file_that_is_gone_asks_its_author_and_stops_the_clock() -> None:
    ada = an_author(a_run_of(an_assignment(files=TEXTS)))
    file = adds(ada, "notes.txt", b"Notes")
    work = ada.hands_in(WORDS, files=(file.token,))
    bytes_at(file.sha256).unlink()

    screen(submission_id=work.pk, at=MONDAY)

    work.refresh_from_db()
    assert (work.screen, work.state) == (Submission.Screen.UNREADABLE, Submission.State.SCREEN)
    assert Mail.objects.filter(subject="Please hand in again: Word counter").count() == 1
    again = ada.hands_in(WORDS)
    assert Submission.objects.get(pk=again.pk).state == Submission.State.OPEN


def test_a_job_that_was_lost_is_found_again() -> None:
    work = an_author().hands_in()

    assert waiting(since=MONDAY) == [work.pk]
    screen(submission_id=work.pk, at=MONDAY)
    assert waiting(since=MONDAY) == []


def test_what_was_taken_out_again_is_forgotten_and_what_was_handed_in_stays() -> None:
    ada = an_author(a_run_of(an_assignment(files=TEXTS)))
    kept, gone = adds(ada, "kept.txt", b"Kept"), adds(ada, "gone.txt", b"Gone")
    ada.hands_in(WORDS, files=(kept.token,))
    draft = Draft.objects.get()

    actions.remove_file(draft=draft, token=kept.token)
    draft.files.remove(gone)

    assert sweep_files(at=MONDAY) == 0
    assert sweep_files(at=MONDAY + 2 * KEPT) == 1
    assert [file.name for file in SubmittedFile.objects.all()] == ["kept.txt"]
