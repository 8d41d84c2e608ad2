"""The outbox from the command line."""

import pytest
from click.testing import CliRunner

from stoa.mail.commands import mail
from stoa.mail.tests.makers import a_mail


@pytest.mark.django_db
def test_mail_is_held_and_released_by_hand() -> None:
    a_mail()
    run = CliRunner()

    words = (["hold", "restored"], ["status"], ["status", "--json"], ["release"], ["status"])
    told = [run.invoke(mail, said).output for said in words]

    assert told == [
        "No mail leaves now. `stoa mail release` lets it go.\n",
        "queued              1\nHeld: no mail leaves.\n",
        '{"mails": {"queued": 1}, "held": true}\n',
        "Mail may leave again.\n",
        "queued              1\nMail may leave.\n",
    ]
