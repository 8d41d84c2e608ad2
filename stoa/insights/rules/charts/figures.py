"""Numbers as a specification's language writes them."""

from stoa.insights.rules.charts.specification import Chart, Row
from stoa.insights.rules.rates import Rate, Whole

_THOUSAND, _MILLION = 1000, 1_000_000
_SEPARATORS = {"ar": ("٬", "٫")}  # noqa: RUF001 -- the signs of Arabic numbers
NO_BREAK = "\N{NO-BREAK SPACE}"


def figure(value: float, language: str = "en") -> str:
    """84,210 or 22.4."""
    thousands, decimal = _SEPARATORS.get(language, (",", "."))
    whole = value == int(value)
    said = f"{value:,.0f}" if whole else f"{value:,.1f}"
    return said.translate({ord(","): thousands, ord("."): decimal})


def short(value: float, language: str = "en") -> str:
    """84 k, 1.2 M: for the middle of a ring and for axes."""
    if value >= _MILLION:
        return f"{figure(round(value / _MILLION, 1), language)}{NO_BREAK}M"
    if value >= 10 * _THOUSAND:
        return f"{figure(round(value / _THOUSAND), language)}{NO_BREAK}k"
    return figure(value, language)


def share(row: Row, language: str = "en") -> str:
    """31 %: the row's value of its own denominator, nothing where there is none."""
    if row.value is None or not row.of:
        return ""
    rate = Rate(part=int(row.value), whole=row.of, of=Whole.SAID)
    return f"{figure(rate.per_cent or 0, language)}{NO_BREAK}%"


def told(row: Row, chart: Chart) -> str:
    """What stands beside a row: its number with its share, or that it is hidden."""
    if row.value is None:
        return chart.words.hidden
    number, part = figure(row.value, chart.language), share(row, chart.language)
    return f"{number} · {part}" if part else number
