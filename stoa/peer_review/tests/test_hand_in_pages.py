"""The hand-in pages, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stoa.coursedoc.model import FilePolicy, Text
from stoa.coursedoc.model.assignments import Need, Outcome
from stoa.kernel.clock import now
from stoa.peer_review.models import Draft, Submission, SubmittedFile
from stoa.peer_review.tests.makers import WORDS, Author, a_run_of, an_assignment, an_author

pytestmark = pytest.mark.django_db
TEXT_FILES = FilePolicy(need=Need.OPTIONAL, types=("txt", "png"))


def signed_in(client: Client, author: Author) -> Client:
    client.force_login(author.person)
    return client


def in_words(response: object) -> str:
    html = response.content.decode()  # type: ignore[attr-defined]  # a response of the test client
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1]).split())


def ahead(**facts: object) -> Author:
    """A learner before an assignment that is due in two weeks from now."""
    return an_author(a_run_of(an_assignment("word-counter", due=now() + timedelta(days=14), **facts)))


def test_the_page_shows_prompt_rubric_and_stages_before_anything_is_written(client: Client) -> None:
    ada = ahead()

    said = in_words(signed_in(client, ada).get(ada.address()))

    assert "Write a program that counts words." in said
    assert said.index("What readers look at") < said.index("Your work")
    assert re.search(r"Submit by .* Review three within 4 days Score within 7 days", said)
    assert "Ilse Marenko is responsible for that." in said


def test_a_draft_is_kept_and_shown_again(client: Client) -> None:
    ada = ahead()

    answer = signed_in(client, ada).post(ada.address("draft/"), {"answer-0": "Half of it", "revision": "0"})

    assert (answer.status_code, answer["Location"]) == (302, ada.address() + "#write")
    page = client.get(ada.address()).content.decode()
    assert "Half of it</textarea>" in page
    assert re.search(r"Saved \d\d:\d\d", page)


def test_a_script_gets_the_time_and_the_revision(client: Client) -> None:
    ada = ahead()

    answer = signed_in(client, ada).post(
        ada.address("draft/"), {"answer-0": "Half", "revision": "0"}, headers={"X-Stoa-Piece": "hand-in"}
    )

    assert re.search(r"Saved \d\d:\d\d", answer.content.decode(), re.DOTALL)


def test_two_windows_lose_nothing(client: Client) -> None:
    ada = ahead()
    signed_in(client, ada).post(ada.address("draft/"), {"answer-0": "From the phone", "revision": "0"})

    client.post(ada.address("draft/"), {"answer-0": "From the desk", "revision": "0"})
    assert "1 earlier draft from another window is kept" in in_words(client.get(ada.address()))
    client.post(ada.address("draft/earlier/"), {"revision": "1"})

    draft = Draft.objects.get()
    assert draft.answers == ["From the phone"]
    assert [row.answers for row in draft.earlier.all()] == [["From the desk"]]


@pytest.mark.req("R025", "R112", "R113")
def test_after_handing_in_the_promise_stands_above(client: Client) -> None:
    ada = ahead()

    answer = signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": WORDS}, follow=True)

    said = in_words(answer)
    assert re.search(r"Your score comes by \w+ \d+ \w+, \d\d:\d\d\.", said)
    assert "Late peers cannot stop it: after 6 days an instructor reads your work." in said
    assert "Your work is next in the queue." in said
    assert "Handed in" in said
    assert Submission.objects.get().on_time


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(client: Client) -> None:
    ada = ahead(code=Need.REQUIRED)

    answer = signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": WORDS, "code": ""})

    assert answer.status_code == 422
    said = in_words(answer)
    assert "Not handed in yet." in said
    assert "Put your program here: it is asked for." in said
    assert WORDS in answer.content.decode()
    assert Draft.objects.get().answers == [WORDS]
    assert not Submission.objects.exists()


def test_files_come_with_the_form_and_can_be_taken_out(client: Client) -> None:
    ada = ahead(files=TEXT_FILES)
    notes = SimpleUploadedFile("ada okafor notes.txt", b"One two three")

    signed_in(client, ada).post(ada.address("draft/files/"), {"answer-0": "With a file", "files": notes})
    file = SubmittedFile.objects.get()
    assert (file.name, Draft.objects.get().answers) == ("notes.txt", ["With a file"])
    client.post(ada.address("submissions/"), {"answer-0": "With a file"})
    client.post(ada.address("draft/files/"), {"answer-0": "Without", "remove": file.token})

    assert not Draft.objects.get().files.exists()
    assert [one.name for one in Submission.objects.get().versions.get().files.all()] == ["notes.txt"]


def test_a_file_that_is_not_taken_says_why_and_hands_nothing_in(client: Client) -> None:
    ada = ahead(files=TEXT_FILES)
    wrong = SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script></html>")

    answer = signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": WORDS, "files": wrong})

    assert answer.status_code == 422
    assert "photo.png is not what its ending says." in in_words(answer)
    assert Draft.objects.get().answers == [WORDS]
    assert not Submission.objects.exists()


def test_a_preview_shows_what_readers_will_see(client: Client) -> None:
    ada = ahead(code=Need.OPTIONAL)
    typed = {"answer-0": "**Bold** <script>alert(1)</script>", "code": "print(1)"}

    page = signed_in(client, ada).post(ada.address("draft/preview/"), typed).content.decode()

    shown = page.split("So readers see it", 1)[1].split("</section>", 1)[0]
    assert "<strong>Bold</strong>" in shown
    assert "<script" not in shown
    assert Draft.objects.get().code == "print(1)"


def test_withdrawing_and_handing_in_again(client: Client) -> None:
    ada = ahead()
    signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": WORDS})

    said = in_words(client.post(ada.address("submissions/withdrawal/"), follow=True))

    assert "Nobody reads it any more." in said
    client.post(ada.address("submissions/"), {"answer-0": WORDS})
    assert Submission.objects.count() == 2


def test_after_the_deadline_nothing_is_taken_and_the_words_are_kept(client: Client) -> None:
    ada = an_author(a_run_of(an_assignment(due=now() - timedelta(days=1))))

    answer = signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": "Too late"})

    assert answer.status_code == 422
    assert "The deadline has passed." in in_words(answer)
    assert Draft.objects.get().answers == ["Too late"]


@pytest.mark.req("R026", "R056")
@pytest.mark.parametrize(
    ("outcome", "words"), [(Outcome.FEEDBACK, "Your feedback comes by"), (Outcome.MEETS, "You hear by")]
)
def test_feedback_only_and_meets_what_was_asked(client: Client, outcome: Outcome, words: str) -> None:
    ada = ahead(outcome=outcome)

    answer = signed_in(client, ada).post(ada.address("submissions/"), {"answer-0": WORDS}, follow=True)

    assert words in in_words(answer)
    assert " pt" not in in_words(answer)


def test_several_prompts_have_a_field_each(client: Client) -> None:
    ada = ahead(prompts=(Text(source="Draw"), Text(source="Explain")))

    page = signed_in(client, ada).get(ada.address()).content.decode()
    assert "Your answer to part 2" in page
    client.post(ada.address("submissions/"), {"answer-0": "A drawing", "answer-1": "Because"})

    assert Submission.objects.get().versions.get().answers == ["A drawing", "Because"]


def test_to_strangers_there_is_nothing_to_write(client: Client) -> None:
    ada, stranger = ahead(), an_author()

    client.force_login(stranger.person)

    assert client.post(ada.address("draft/"), {"answer-0": "x"}).status_code == 404
    assert client.post(ada.address("submissions/"), {"answer-0": "x"}).status_code == 404
    assert not Draft.objects.exists()
