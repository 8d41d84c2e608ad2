"""Whether a number is near enough to the right one."""

import sys
from decimal import Decimal
from typing import Final

from stoa.assessment.rules.arithmetic import Number, evaluate
from stoa.assessment.rules.digits import NotANumber
from stoa.assessment.rules.faults import Fault
from stoa.coursedoc.model import NumberAnswer

DEFAULT_SHARE: Final = 1e-5


def is_near(given: Number, answer: NumberAnswer) -> bool:
    """Whether the answer covers the number that was given.

    Raises NotANumber where its own arithmetic is at fault, or where a complex number was given for a range.
    """
    if answer.low.strip() or answer.high.strip():
        return _within(given, answer)
    right = evaluate(answer.value)
    return _apart(given, right) <= _allowed(answer.tolerance.strip(), given, right)


def _allowed(tolerance: str, given: Number, right: Number) -> Decimal:
    if not tolerance:
        return _decimal(DEFAULT_SHARE * max(abs(given), abs(right)))
    if tolerance.endswith("%"):
        return _decimal(abs(evaluate(tolerance[:-1])) / 100 * abs(right))
    return _decimal(abs(evaluate(tolerance)))


def _within(given: Number, answer: NumberAnswer) -> bool:
    if isinstance(given, complex):
        raise NotANumber(Fault.NOT_REAL)
    low, high = _bound(answer.low), _bound(answer.high)
    for bound, inclusive in ((low, answer.low_inclusive), (high, answer.high_inclusive)):
        if bound is not None and _same(given, bound):
            return inclusive
    return (low is None or low < given) and (high is None or given < high)


def _bound(written: str) -> float | None:
    """A bound, or None where that end is open to infinity."""
    if not written.strip():
        return None
    value = evaluate(written)
    if isinstance(value, complex):
        raise NotANumber(Fault.NOT_REAL, written)
    return value


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= sys.float_info.epsilon * max(abs(one), abs(other))


def _apart(one: Number, other: Number) -> Decimal:
    if isinstance(one, complex) or isinstance(other, complex):
        return _decimal(abs(one - other))
    # In decimals 1.2 is exactly 0.1 from 1.1, as the author meant it.
    return abs(_decimal(one) - _decimal(other))


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
