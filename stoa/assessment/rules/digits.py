"""One way of writing numbers out of the many that people type."""

import re
import unicodedata

from stoa.assessment.rules.faults import Fault

_DASHES = "\u2212\u2012\u2013\u2014\ufe63\uff0d"
_TIMES = "\u00d7\u00b7\u22c5\u2219\u2715\uff0a"
_SLASHES = "\u00f7\u2215\u2044"
_COMMAS = "\u060c\uff0c"
_PERCENTS = "\u066a\uff05"
_SPACES = "\u00a0\u2007\u2009\u202f\u3000\t\r\n"
_APOSTROPHES = "\u2019\u02bc\u066c"
# Marks of direction and width that come along when a number is pasted.
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
_WRITTEN = {"\u066b": ".", "\uff0b": "+", "\uff0e": ".", "\uff08": "(", "\uff09": ")", "\u00b2": "^2", "\u00b3": "^3"}
_NAMED = {"½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)", "π": "pi", "√": "sqrt", "\u00b5": "u", "\u03bc": "u"}
_ODD_SIGNS = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_TIMES, "*"),
        **dict.fromkeys(_SLASHES, "/"),
        **dict.fromkeys(_COMMAS, ","),
        **dict.fromkeys(_PERCENTS, "%"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_UNSEEN, ""),
        **_WRITTEN,
        **_NAMED,
    }
)
NUMBER = re.compile(r"(?:\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?")
_GROUPS = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",."}


class NotANumber(ValueError):
    """What was typed has no value as a number; `fault` says why, `at` which piece of it."""

    def __init__(self, fault: Fault, at: str = "") -> None:
        super().__init__(fault, at)
        self.fault = fault
        self.at = at


def plain(typed: str) -> str:
    """The text with ASCII digits and signs, whatever keyboard it came from."""
    return "".join(_digit(letter) for letter in typed.translate(_ODD_SIGNS)).strip()


def value_of(literal: str) -> float:
    """The value of a number as `NUMBER` found it, with commas and points told apart."""
    mantissa, mark, exponent = literal.lower().partition("e")
    digits = _with_point(mantissa.replace(" ", "").replace("'", ""))
    return float(f"{digits}{mark}{exponent}")


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _with_point(digits: str) -> str:
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        return _mixed(digits)
    if commas == 1:
        return _one_comma(digits)
    if commas or points > 1:
        return _grouped(digits, "," if commas else ".")
    return digits


def _mixed(digits: str) -> str:
    decimal = max(",.", key=digits.rfind)
    group = "." if decimal == "," else ","
    whole, _, rest = digits.partition(decimal)
    if decimal in rest or group in rest:
        raise NotANumber(Fault.UNREADABLE, digits)
    return f"{_grouped(whole, group)}.{rest}"


def _one_comma(digits: str) -> str:
    whole, _, rest = digits.partition(",")
    if len(rest) == len("000") and whole.strip("0"):
        raise NotANumber(Fault.EITHER_COMMA, digits)
    return f"{whole or 0}.{rest or 0}"


def _grouped(digits: str, mark: str) -> str:
    if not _GROUPS[mark].fullmatch(digits):
        raise NotANumber(Fault.UNREADABLE, digits)
    return digits.replace(mark, "")
