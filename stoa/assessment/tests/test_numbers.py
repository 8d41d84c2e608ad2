"""The calculator for what people type."""

# ruff: noqa: RUF001 -- parameters of tests; what keyboards of the world type is the point

import cmath
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.assessment.rules.answers import near_answers
from stoa.assessment.rules.arithmetic import FUNCTIONS, LONGEST, Number, evaluate
from stoa.assessment.rules.closeness import is_near
from stoa.assessment.rules.digits import NotANumber
from stoa.assessment.rules.faults import Fault
from stoa.coursedoc.model import NumberAnswer, NumberPart

finite = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3.5", 3.5),
        (" 22/7 ", 22 / 7),
        ("4+5/2^2", 5.25),
        ("-2^2", -4.0),
        ("2^-2", 0.25),
        ("2**3", 8.0),
        ("2^3^2", 512.0),
        ("-(1 - 3)", 2.0),
        ("+-3", -3.0),
        ("[1+2]*3", 9.0),
        ("1e3", 1000.0),
        ("6.02E23", 6.02e23),
        ("1.5e-3", 0.0015),
        (".5", 0.5),
        ("5.", 5.0),
        ("3k", 3000.0),
        ("2.2M", 2.2e6),
        ("1G", 1e9),
        ("1T", 1e12),
        ("4c", 0.04),
        ("5m", 0.005),
        ("7u", 7e-6),
        ("7µ", 7e-6),
        ("8n", 8e-9),
        ("9p", 9e-12),
        ("50%", 0.5),
        ("50 %", 0.5),
        ("2*50%", 1.0),
        ("pi", math.pi),
        ("2*π", 2 * math.pi),
        ("e^2", math.e**2),
        ("√(16)", 4.0),
        ("sqrt(2)", math.sqrt(2)),
        ("SIN(0)", 0.0),
        ("ln(e)", 1.0),
        ("log(1000)", 3.0),
        ("log10(100)", 2.0),
        ("log2(8)", 3.0),
        ("arctan(1)", math.pi / 4),
        ("sec(0)", 1.0),
        ("arcsec(1)", 0.0),
        ("fact(5)", 120.0),
        ("factorial(0)", 1.0),
        ("abs(-3)", 3.0),
        ("2||2", 1.0),
        ("2||0", 0.0),
        ("0^0", 1.0),
        ("3²", 9.0),
        ("½", 0.5),
        ("3×4", 12.0),
        ("3·4", 12.0),
        ("8÷2", 4.0),
        ("−7", -7.0),
        ("3,5", 3.5),
        (",5", 0.5),
        ("0,125", 0.125),
        ("1,5e3", 1500.0),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1.234.567", 1234567.0),
        ("1,234,567.25", 1234567.25),
        ("1 234 567", 1234567.0),
        ("1 234,5", 1234.5),
        ("1'000.5", 1000.5),
        ("٣٫٥", 3.5),
        ("۳۱۴", 314.0),
        ("١٬٠٠٠", 1000.0),
        ("٥٠٪", 0.5),
        ("\u200f42\u200e", 42.0),
        ("１２", 12.0),
        ("re(3+4j)", 3.0),
        ("im(3+4i)", 4.0),
        ("abs(3+4j)", 5.0),
        ("i*i", -1.0),
        ("(1+j)*(1-j)", 2.0),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: float) -> None:
    assert evaluate(typed) == pytest.approx(value)
    assert isinstance(evaluate(typed), float)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3+4j", 3 + 4j),
        ("sqrt(-4)", 2j),
        ("(-8)^(1/2)", cmath.sqrt(-8)),
        ("conj(1+2i)", 1 - 2j),
        ("sin(1j)", cmath.sin(1j)),
    ],
)
def test_complex_numbers_are_numbers(typed: str, value: complex) -> None:
    assert evaluate(typed) == pytest.approx(value)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        ("   ", Fault.EMPTY),
        ("x" * (LONGEST + 1), Fault.TOO_LONG),
        ("(" * 60 + "1" + ")" * 60, Fault.TOO_LONG),
        ("2^" * 60 + "2", Fault.TOO_LONG),
        ("three", Fault.UNKNOWN_NAME),
        ("3 apples", Fault.MISSING_SIGN),
        ("2pi", Fault.MISSING_SIGN),
        ("(1+2", Fault.UNBALANCED),
        ("1+2)", Fault.UNBALANCED),
        ("(1 2)", Fault.MISSING_SIGN),
        ("(1]", Fault.UNBALANCED),
        ("sin 3", Fault.UNBALANCED),
        ("1+", Fault.UNREADABLE),
        ("*3", Fault.UNREADABLE),
        ("$5", Fault.UNREADABLE),
        ("1,234", Fault.EITHER_COMMA),
        ("1,23,4", Fault.UNREADABLE),
        ("1.2.3", Fault.UNREADABLE),
        ("1,2.3,4", Fault.UNREADABLE),
        ("1.2,3.4", Fault.UNREADABLE),
        ("12,34.5", Fault.UNREADABLE),
        ("1/0", Fault.UNDEFINED),
        ("0^-1", Fault.UNDEFINED),
        ("ln(0)", Fault.UNDEFINED),
        ("fact(-1)", Fault.UNDEFINED),
        ("fact(2.5)", Fault.UNDEFINED),
        ("fact(171)", Fault.TOO_LARGE),
        ("1e999", Fault.TOO_LARGE),
        ("10^400", Fault.TOO_LARGE),
        ("1e308*10", Fault.TOO_LARGE),
        ("(1e308*10)-(1e308*10)", Fault.UNDEFINED),
    ],
)
def test_what_is_no_number_says_why(typed: str, fault: Fault) -> None:
    with pytest.raises(NotANumber) as raised:
        evaluate(typed)

    assert raised.value.fault is fault


@given(finite, finite)
def test_sums_and_products_are_those_of_arithmetic(one: float, other: float) -> None:
    assert evaluate(f"({one!r}) + ({other!r})") == pytest.approx(one + other)
    assert evaluate(f"({one!r}) * ({other!r})") == pytest.approx(one * other)


@given(st.text(max_size=320))
def test_anything_typed_is_a_number_or_says_why_not(typed: str) -> None:
    assert _is_number_or_fault(typed)


@given(st.text(alphabet="0123456789.,+-*/^()[]|eEijkMpi sqrtnfac%", max_size=300))
def test_anything_like_arithmetic_is_read_or_refused_quickly(typed: str) -> None:
    before = time.process_time()

    assert _is_number_or_fault(typed)
    assert time.process_time() - before < 1


@given(st.sampled_from(sorted(FUNCTIONS)), finite)
def test_every_function_gives_a_number_or_says_why_not(name: str, value: float) -> None:
    assert _is_number_or_fault(f"{name}({value!r})")


@given(finite, st.floats(min_value=0, max_value=1e6))
def test_an_absolute_tolerance_covers_just_its_width(right: float, width: float) -> None:
    answer = NumberAnswer(value=repr(right), tolerance=repr(width))

    assert is_near(right, answer)
    assert not is_near(right + 2 * width + 1 + abs(right) * 1e-9, answer)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False))
def test_without_a_tolerance_a_hundred_thousandth_is_near(right: float) -> None:
    answer = NumberAnswer(value=repr(right))

    assert is_near(right * (1 + 9e-6), answer)
    assert right == 0 or not is_near(right * (1 + 2e-5), answer)


@pytest.mark.parametrize(
    ("given_", "answer", "near"),
    [
        (1.2, NumberAnswer(value="1.1", tolerance="0.1"), True),
        (105.0, NumberAnswer(value="100", tolerance="5%"), True),
        (105.1, NumberAnswer(value="100", tolerance="5%"), False),
        (100.0, NumberAnswer(value="100", tolerance="0"), True),
        (100.0001, NumberAnswer(value="100", tolerance="0"), False),
        (1 + 1j, NumberAnswer(value="1+j", tolerance="0.01"), True),
        (1.0, NumberAnswer(value="1+j", tolerance="0.01"), False),
        (1.0, NumberAnswer(low="1", high="2"), True),
        (2.0, NumberAnswer(low="1", high="2", high_inclusive=False), False),
        (1.0, NumberAnswer(low="1", high="2", low_inclusive=False), False),
        (1.5, NumberAnswer(low="1", high="2"), True),
        (2.5, NumberAnswer(low="1", high="2"), False),
        (9e9, NumberAnswer(low="1"), True),
        (-9e9, NumberAnswer(high="sqrt(4)"), True),
    ],
)
def test_nearness_is_that_of_the_author(given_: Number, answer: NumberAnswer, near: bool) -> None:
    assert is_near(given_, answer) is near


def test_a_complex_number_has_no_place_in_a_range() -> None:
    with pytest.raises(NotANumber):
        is_near(1j, NumberAnswer(low="1", high="2"))
    with pytest.raises(NotANumber):
        is_near(1.0, NumberAnswer(low="1j", high="2"))


def test_an_answer_that_its_author_wrote_wrongly_covers_nothing() -> None:
    part = NumberPart(id="n", answers=(NumberAnswer(value="three"), NumberAnswer(value="3")))

    assert list(near_answers(part, "3")) == [1]
    assert list(near_answers(part, "three")) == []


def _is_number_or_fault(typed: str) -> bool:
    try:
        value = evaluate(typed)
    except NotANumber as error:
        return error.fault in Fault
    return cmath.isfinite(value)
