"""A calculator for what people type: bounded in length, depth and size, and without `eval`.

sum = product (+|- product)* · product = parallel (*|/ parallel)* · parallel = signed (|| signed)*
signed = (+|-)* power · power = atom (^ signed)? · atom = number | constant | function(sum) | (sum)
"""

import cmath
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from stoa.assessment.rules.digits import NUMBER, NotANumber, plain, value_of
from stoa.assessment.rules.faults import Fault

Number: TypeAlias = float | complex
Function: TypeAlias = Callable[[Number], Number]

LONGEST: Final = 300
DEEPEST: Final = 40
_LARGEST_FACTORIAL: Final = 170

SUFFIXES: Mapping[str, float | complex] = {
    "%": 1e-2,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "c": 1e-2,
    "m": 1e-3,
    "u": 1e-6,
    "n": 1e-9,
    "p": 1e-12,
    "i": 1j,
    "j": 1j,
}
CONSTANTS: Mapping[str, Number] = {"e": math.e, "pi": math.pi, "i": 1j, "j": 1j}
_SUFFIX = re.compile(r" ?%|[kMGTcmunpij](?![\w(])")
_NAME = re.compile(r"[^\W\d_]\w*")
_SIGN = re.compile(r"\*\*|\|\||[-+*/^()\[\]]")


def evaluate(typed: str) -> Number:
    """The value of an expression; a float unless it is truly complex.

    Raises NotANumber.
    """
    if len(typed) > LONGEST:
        raise NotANumber(Fault.TOO_LONG)
    try:
        value = _Reader(_tokens(plain(typed))).read()
    except OverflowError as error:
        raise NotANumber(Fault.TOO_LARGE) from error
    except (ZeroDivisionError, ValueError) as error:
        raise error if isinstance(error, NotANumber) else NotANumber(Fault.UNDEFINED) from error
    return _checked(value)


@dataclass(frozen=True)
class _Token:
    text: str
    value: Number | None = None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        token, place = _token(text, place)
        tokens.append(token)
    if not tokens:
        raise NotANumber(Fault.EMPTY)
    return tokens


def _token(text: str, place: int) -> tuple[_Token, int]:
    if found := NUMBER.match(text, place):
        suffix = _SUFFIX.match(text, found.end())
        value: Number = value_of(found.group())
        if suffix:
            return _Token(text[place : suffix.end()], value * SUFFIXES[suffix.group().strip()]), suffix.end()
        return _Token(found.group(), value), found.end()
    if found := _NAME.match(text, place) or _SIGN.match(text, place):
        return _Token(found.group()), found.end()
    raise NotANumber(Fault.UNREADABLE, text[place])


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def read(self) -> Number:
        value = self.sum()
        if self.place < len(self.tokens):
            raise NotANumber(self._unexpected(), self.tokens[self.place].text)
        return value

    def sum(self) -> Number:
        value = self.product()
        while sign := self._take("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        return value

    def product(self) -> Number:
        value = self.parallel()
        while sign := self._take("*", "/"):
            right = self.parallel()
            value = value * right if sign == "*" else value / right
        return value

    def parallel(self) -> Number:
        values = [self.signed()]
        while self._take("||"):
            values.append(self.signed())
        if len(values) == 1:
            return values[0]
        return 0.0 if 0 in values else 1 / sum(1 / value for value in values)

    def signed(self) -> Number:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        value = self.power()
        return -value if negative else value

    def power(self) -> Number:
        base = self.atom()
        if self._take("^", "**"):
            self._deeper()
            value = _power(base, self.signed())
            self.depth -= 1
            return value
        return base

    def atom(self) -> Number:
        if self.place == len(self.tokens):
            raise NotANumber(Fault.UNREADABLE)
        token = self.tokens[self.place]
        self.place += 1
        if token.value is not None:
            return token.value
        if token.text in {"(", "["}:
            return self._inside(token.text)
        if token.text[0].isalpha():
            return self._named(token.text)
        raise NotANumber(Fault.UNREADABLE, token.text)

    def _named(self, name: str) -> Number:
        function = FUNCTIONS.get(name.lower())
        if function is None:
            value = CONSTANTS.get(name.lower())
            if value is None:
                raise NotANumber(Fault.UNKNOWN_NAME, name)
            return value
        if not self._take("("):
            raise NotANumber(Fault.UNBALANCED, name)
        return _real(function(self._inside("(")))

    def _inside(self, opened: str) -> Number:
        self._deeper()
        value = self.sum()
        if not self._take(")" if opened == "(" else "]"):
            at_end = self.place == len(self.tokens)
            raise NotANumber(Fault.UNBALANCED if at_end else self._unexpected(), opened)
        self.depth -= 1
        return value

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotANumber(Fault.TOO_LONG)

    def _take(self, *signs: str) -> str:
        if self.place < len(self.tokens) and self.tokens[self.place].text in signs:
            self.place += 1
            return self.tokens[self.place - 1].text
        return ""

    def _unexpected(self) -> Fault:
        return Fault.UNBALANCED if self.tokens[self.place].text in {")", "]"} else Fault.MISSING_SIGN


def _power(base: Number, exponent: Number) -> Number:
    base, exponent = _real(base), _real(exponent)
    if isinstance(base, complex) or isinstance(exponent, complex) or (base < 0 and not exponent.is_integer()):
        return _real(complex(base) ** exponent)
    return math.pow(base, exponent) if base or exponent >= 0 else 1 / base


def _real(value: Number) -> Number:
    return value.real if isinstance(value, complex) and value.imag == 0 else value


def _checked(value: Number) -> Number:
    if cmath.isnan(value):
        raise NotANumber(Fault.UNDEFINED)
    if cmath.isinf(value):
        raise NotANumber(Fault.TOO_LARGE)
    return _real(value)


def _both(real: Callable[[float], float], imaginary: Callable[[complex], complex]) -> Function:
    def function(value: Number) -> Number:
        value = _real(value)
        if isinstance(value, complex):
            return imaginary(value)
        try:
            return real(value)
        except ValueError:
            # The square root of -1 has a value all the same.
            return imaginary(complex(value))

    return function


def _inverse(function: Function) -> Function:
    return lambda value: 1 / function(value)


def _of_inverse(function: Function) -> Function:
    return lambda value: function(1 / value)


def _factorial(value: Number) -> Number:
    value = _real(value)
    if isinstance(value, complex) or not value.is_integer() or value < 0:
        raise NotANumber(Fault.UNDEFINED)
    if value > _LARGEST_FACTORIAL:
        raise NotANumber(Fault.TOO_LARGE)
    return float(math.factorial(int(value)))


_sin, _cos, _tan = _both(math.sin, cmath.sin), _both(math.cos, cmath.cos), _both(math.tan, cmath.tan)
_asin, _acos, _atan = _both(math.asin, cmath.asin), _both(math.acos, cmath.acos), _both(math.atan, cmath.atan)
_sinh, _cosh, _tanh = _both(math.sinh, cmath.sinh), _both(math.cosh, cmath.cosh), _both(math.tanh, cmath.tanh)
_asinh, _acosh, _atanh = _both(math.asinh, cmath.asinh), _both(math.acosh, cmath.acosh), _both(math.atanh, cmath.atanh)
FUNCTIONS: Mapping[str, Function] = {
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "sec": _inverse(_cos),
    "csc": _inverse(_sin),
    "cot": _inverse(_tan),
    "arcsin": _asin,
    "arccos": _acos,
    "arctan": _atan,
    "arcsec": _of_inverse(_acos),
    "arccsc": _of_inverse(_asin),
    "arccot": _of_inverse(_atan),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sech": _inverse(_cosh),
    "csch": _inverse(_sinh),
    "coth": _inverse(_tanh),
    "arcsinh": _asinh,
    "arccosh": _acosh,
    "arctanh": _atanh,
    "sqrt": _both(math.sqrt, cmath.sqrt),
    "ln": _both(math.log, cmath.log),
    "log": _both(math.log10, cmath.log10),
    "log10": _both(math.log10, cmath.log10),
    "log2": _both(math.log2, lambda value: cmath.log(value) / math.log(2)),
    "exp": _both(math.exp, cmath.exp),
    "abs": abs,
    "re": lambda value: value.real,
    "im": lambda value: value.imag,
    "conj": lambda value: value.conjugate(),
    "fact": _factorial,
    "factorial": _factorial,
}
