from pathlib import Path

import pytest

from tools import requirements


def test_a_row_is_shown_by_the_tests_that_carry_its_mark(tmp_path: Path) -> None:
    folder = tmp_path / "stoa" / "mail" / "tests"
    folder.mkdir(parents=True)
    (folder / "test_mail.py").write_text('@pytest.mark.req("R001", "R003")\ndef test_it(): ...\ndef test_more(): ...\n')
    for name in ("tests", "tools"):
        (tmp_path / name).mkdir()

    shown = requirements.marks(tmp_path)

    here = "`stoa/mail/tests/test_mail.py::test_it`"
    assert shown == {"R001": [here], "R003": [here]}
    assert f"| R001 | one | shown | {here} |\n| R002 | two | open |  |" in requirements.page(
        {"R001": "one", "R002": "two", "R003": "three"}, shown
    )


def test_a_mark_that_names_no_row_is_refused() -> None:
    with pytest.raises(KeyError, match="R999"):
        requirements.page({"R001": "one"}, {"R999": ["`test`"]})
