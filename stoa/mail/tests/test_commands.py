"""The outbox from the command line."""

import pytest
from click.testing import CliRunner

from stoa.mail.commands import mail
from stoa.mail.tests.makers import a_mail


@pytest.mark.django_db
def test_mail_is_held_and_released_by_hand() -> None:
    a_mail()
    run = CliRunner()

    told = [run.invoke(mail, words).output for words in (["hold", "restored"], ["status"], ["release"], ["status"])]

    assert told == [
        "No mail leaves now. `stoa mail release` lets it go.\n",
        "queued              1\nHeld: no mail leaves.\n",
        "Mail may leave again.\n",
        "queued              1\nMail may leave.\n",
    ]
