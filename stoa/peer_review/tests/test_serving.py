"""Files handed in, at their addresses: for one reader, for a while, never as a page."""

import io
import time

import pytest
from django.core import signing
from django.test import Client

from stoa.accounts.events import Left
from stoa.accounts.tests.makers import a_learner
from stoa.coursedoc.model import FilePolicy
from stoa.coursedoc.model.assignments import Need
from stoa.kernel.bus import publish
from stoa.peer_review import actions
from stoa.peer_review.models import Place, Submission, SubmittedFile
from stoa.peer_review.queries.files import LASTS, SALT, bytes_at, file_address
from stoa.peer_review.rules.files import Trouble
from stoa.peer_review.tests.makers import MONDAY, WORDS, Author, a_run_of, an_assignment, an_author

pytestmark = pytest.mark.django_db
PAGE = b"<script>alert(document.cookie)</script>"


def ahead(**facts: object) -> Author:
    policy = FilePolicy(need=Need.OPTIONAL, types=("html", "svg", "txt"), megabytes=0.1, at_most=2)
    return an_author(a_run_of(an_assignment("word-counter", files=policy, **facts)))


def adds(author: Author, name: str, content: bytes) -> SubmittedFile:
    file = actions.Upload(name=name, size=len(content), content=io.BytesIO(content))
    return actions.upload(assignment=author.assignment, enrolment=author.enrolment, file=file, at=MONDAY)


def body(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]  # files are streamed


@pytest.mark.parametrize("name", ["page.html", "picture.svg"])
def test_a_page_handed_in_is_never_shown_as_one(client: Client, name: str) -> None:
    reader, file = a_learner("Bo"), adds(ahead(), name, PAGE)
    client.force_login(reader)
    address = file_address(file, reader_id=reader.pk)

    answer = client.get(address)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert body(client, address) == PAGE


def test_an_address_is_of_use_to_its_reader_only_and_names_nobody(client: Client) -> None:
    ada, reader, other = ahead(), a_learner("Bo"), a_learner("Cy")
    file = adds(ada, "Ada Okafor words.txt", b"Words")
    address = file_address(file, reader_id=reader.pk)

    client.force_login(other)

    assert "ada" not in address.lower()
    assert client.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    client.force_login(reader)
    assert client.get(address.replace("words.txt", "other.txt")).status_code == 404
    another = "y" if address[-12] == "x" else "x"
    assert client.get(address[:-12] + another + address[-11:]).status_code == 404
    assert body(client, address) == b"Words"


class SignedLongAgo(signing.TimestampSigner):
    """Signs as it was done before the sitting began."""

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - LASTS - 60)


def test_an_address_lasts_for_a_sitting(client: Client) -> None:
    reader, file = a_learner("Bo"), adds(ahead(), "words.txt", b"Words")
    client.force_login(reader)

    old = SignedLongAgo(salt=f"{SALT}:{reader.pk}", sep="~").sign(file.token)

    assert client.get(f"/submitted/{old}/words.txt").status_code == 404


def test_the_same_file_again_is_one_and_there_are_no_more_than_asked_for() -> None:
    ada = ahead()
    first = adds(ada, "words.txt", b"Words")

    assert adds(ada, "words.txt", b"Words") == first
    adds(ada, "more.txt", b"More")
    with pytest.raises(actions.FileRefused) as refused:
        adds(ada, "third.txt", b"Third")

    assert refused.value.trouble is Trouble.MANY


def test_uploads_have_a_quota_however_often_they_are_taken_out() -> None:
    ada = ahead()
    draft = ada.saves("Words")
    ada.hands_in(WORDS)

    for number in range(21):
        draft.files.remove(adds(ada, f"{number}.txt", b"%05d" % number * 20_000))
    with pytest.raises(actions.FileRefused) as refused:
        adds(ada, "last.txt", b"Words")

    assert refused.value.trouble is Trouble.QUOTA


def test_nobody_hands_in_a_file_of_somebody_else() -> None:
    ada = ahead()
    bo = an_author(ada.run, "Bo")
    theirs = adds(ada, "words.txt", b"Words")

    work = bo.hands_in(WORDS, files=(theirs.token,))

    assert not work.versions.get().files.exists()


def test_work_goes_with_its_authors_account_and_leaves_the_queue() -> None:
    ada = ahead()
    file = adds(ada, "words.txt", b"Words")
    work = ada.hands_in(WORDS, files=(file.token,))

    publish(Left(person_id=ada.person.pk))
    ada.person.delete()

    kept = Submission.objects.get(pk=work.pk)
    version = kept.versions.get()
    assert (version.answers, version.html, version.words, kept.enrolment) == ([], [], 0, None)
    assert kept.erased_at is not None
    assert not SubmittedFile.objects.exists()
    assert Place.objects.get(pk=work.pk).state == Submission.State.WITHDRAWN
    assert bytes_at(file.sha256).name == file.sha256
