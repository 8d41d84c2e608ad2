"""The names of countries in the reader's language."""

from functools import lru_cache

from babel import Locale

#: Regions of the Unicode list that are no country anybody lives in.
_NONE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


@lru_cache(maxsize=8)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Code (ISO 3166 alpha-2) and name of every country, in the order of the names."""
    locale = Locale.parse(language, sep="-")
    pairs = [(code, name) for code, name in locale.territories.items() if _is_country(code)]
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


def _is_country(code: str) -> bool:
    return len(code) == len("XX") and code.isalpha() and code not in _NONE
