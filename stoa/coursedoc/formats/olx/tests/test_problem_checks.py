"""Checks by a program that can say nothing but yes."""

from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.tests.makers import the_item
from stoa.coursedoc.model import FreeTextPart, Quiz


@pytest.mark.parametrize(
    "script",
    [
        "def ok(e, a):\n  if a:\n    return 1\n  else:\n    return 1",
        "def ok(e, a):\n  if a:\n    return True\n  elif e:\n    return {'ok': 1}\n  else:\n    return 0.5",
        "import re\ndef ok(e, a):\n  found = re.search('', a)\n  if found:\n    return 1\n  else:\n    return 0",
        "import re\ndef ok(e, a):\n  found = re.match('', a)\n  if found:\n    return True",
    ],
)
def test_a_check_that_says_yes_on_every_way_asks_for_free_words(tmp_path: Path, script: str) -> None:
    check = '<customresponse cfn="ok"><textbox/></customresponse>'

    quiz = the_item(tmp_path, f'<problem url_name="p"><script>{script}</script>{check}</problem>')

    assert isinstance(quiz, Quiz)
    assert [type(part) for part in quiz.parts] == [FreeTextPart]
    assert not quiz.scored
