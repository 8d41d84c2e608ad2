"""docs/insights-tables.md says what the registry says."""

from tools import insights_tables


def test_the_page_is_current() -> None:
    assert insights_tables.PAGE.read_text() == insights_tables.page(), "python -m tools.insights_tables"


def test_numbers_for_joins_are_not_told_and_bars_do_not_break_the_table() -> None:
    lines = [*insights_tables.table("answer")]

    assert lines[0] == "## answer"
    assert not any("`object`" in line for line in lines)
    assert {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")} == {6}
