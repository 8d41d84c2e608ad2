"""Code with its words marked: k keyword, s string or number, c comment, n name."""

from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from stoa.coursedoc.rendering.trees import Node

_MARKS = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "s"),
    (Name.Function, "n"),
    (Name.Class, "n"),
    (Name.Builtin, "n"),
    (Name.Decorator, "n"),
    (Name.Exception, "n"),
    (Name.Tag, "n"),
)
# Longer listings are shown without marks: it isn't worth the bytes.
_LONGEST = 50_000


def highlighted(code: str, language: str) -> list[Node | str]:
    """The code as words and marked spans."""
    lexer = _lexer(language.lower())
    if lexer is None or len(code) > _LONGEST:
        return [code]
    pieces: list[tuple[str, str]] = []
    for token, words in lexer.get_tokens(code):
        mark = "" if words.isspace() else next((mark for kind, mark in _MARKS if _is_a(token, kind)), "")
        if pieces and pieces[-1][0] == mark:
            pieces[-1] = (mark, pieces[-1][1] + words)
        else:
            pieces.append((mark, words))
    return [Node("span", {"class": mark}, [words]) if mark else words for mark, words in pieces]


def _is_a(token: _TokenType, kind: _TokenType) -> bool:
    return token[: len(kind)] == kind


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        return None
