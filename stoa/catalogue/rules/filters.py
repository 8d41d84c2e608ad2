"""What a visitor looks for in the catalogue: words, filters, order; and how many courses each filter leaves."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

KINDS = (
    "subject",
    "pace",
    "language",
    "level",
    "length",
    "hours",
    "price",
    "peers",
    "assessment",
    "tracking",
    "organisation",
)
ORDERS = ("best", "start", "newest", "shortest", "title")
LONGEST = 200
PAGE = 24
_VALUE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a visitor looks for."""

    typed: str = ""
    chosen: frozenset[str] = frozenset()
    """`language:en`, …: values of one kind widen the choice, kinds narrow it."""
    order: str = "best"
    page: int = 1

    def toggled(self, value: str) -> "Wanted":
        """With this value chosen, or no longer; from the first page."""
        return replace(self, chosen=self.chosen ^ {value}, page=1)

    def cleared(self) -> "Wanted":
        """The same words without any filter."""
        return replace(self, chosen=frozenset(), page=1)

    def on_page(self, page: int) -> "Wanted":
        """The same on another page."""
        return replace(self, page=page)

    def address(self) -> str:
        """The part of the address behind the question mark, always in the same order; empty for everything."""
        pairs = [("q", self.typed)] if self.typed else []
        pairs += [(kind, value) for kind in KINDS for value in self.values(kind)]
        pairs += [("order", self.order)] if self.order != "best" else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""

    def values(self, kind: str) -> list[str]:
        """The chosen values of one kind."""
        return sorted(value.partition(":")[2] for value in self.chosen if value.startswith(f"{kind}:"))


def wanted_from(given: Mapping[str, Sequence[str]]) -> Wanted:
    """What an address asks for; what it can't mean is left out."""
    typed = " ".join(_last(given, "q").replace("\0", " ").split())[:LONGEST]
    order = _last(given, "order")
    page = _last(given, "page")
    chosen = {f"{kind}:{value}" for kind in KINDS for value in given.get(kind, ()) if _VALUE.fullmatch(value)}
    return Wanted(
        typed=typed,
        chosen=frozenset(chosen),
        order=order if order in ORDERS else "best",
        page=int(page) if re.fullmatch(r"[1-9][0-9]{0,4}", page) else 1,
    )


def matches(facets: Iterable[str], chosen: Iterable[str]) -> bool:
    """True for a course with one of the chosen values in every kind."""
    has = set(facets)
    by_kind: dict[str, bool] = {}
    for value in chosen:
        kind = value.partition(":")[0]
        by_kind[kind] = by_kind.get(kind, False) or value in has
    return all(by_kind.values())


def counts(courses: Sequence[Sequence[str]], chosen: frozenset[str]) -> Counter[str]:
    """How many courses each value would show beside what is chosen in the other kinds."""
    kinds = {value.partition(":")[0] for value in chosen}
    # Most courses are judged once; kinds with a choice look at the courses as if they had none.
    found = Counter(
        value for facets in courses if matches(facets, chosen) for value in facets if _kind(value) not in kinds
    )
    for kind in kinds:
        others = frozenset(value for value in chosen if _kind(value) != kind)
        found.update(value for facets in courses if matches(facets, others) for value in facets if _kind(value) == kind)
    return found


def _kind(value: str) -> str:
    return value.partition(":")[0]


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name, ())
    return values[-1] if values else ""
