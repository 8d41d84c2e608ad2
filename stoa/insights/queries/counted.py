"""Up to when a chart is counted, and by which Stoa."""

from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi

from stoa import __version__
from stoa.insights.rules.answers import Answer
from stoa.insights.rules.charts.specification import Chart


def counted(chart: Chart, answer: Answer) -> Chart:
    """The chart of this answer, in the reader's language."""
    return replace(
        chart,
        as_of=answer.as_of.isoformat() if answer.as_of else "",
        data_version=answer.version,
        code_version=__version__,
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
    )


def up_to(answer: Answer) -> dict[str, str | int]:
    """The same for a sentence: its `date`, the `version` of the data, and the `code`."""
    date = date_format(answer.as_of, "j F Y, H:i") if answer.as_of else "–"  # noqa: RUF001 -- a dash for nothing
    return {"date": date, "version": answer.version, "code": __version__}
