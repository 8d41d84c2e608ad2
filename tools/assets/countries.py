"""Packs ranges of internet addresses and their countries into one small file.

python tools/assets/countries.py PACKAGE TARGET

The file, unpacked by zlib: a line of JSON (vintage, source, how many ranges of each version), then the beginnings of
the ranges of version 4 (4 bytes each) and their countries (2 letters each), then the same of version 6, of whose
addresses the first 8 bytes count. Numbers are little-endian; two spaces are no country: a gap between ranges.
"""

import csv
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

NOWHERE = "  "
V6_BITS = 64


def main() -> None:
    """Pack what lies in the package."""
    package, target = Path(sys.argv[1]), Path(sys.argv[2])
    told = json.loads((package / "package.json").read_text())
    v4 = list(beginnings(ranges(next(package.glob("*-ipv4-num.csv")))))
    v6 = list(beginnings(halved(ranges(next(package.glob("*-ipv6-num.csv"))))))
    head = {"vintage": told["version"].rpartition(".")[2][:8], "source": told["name"], "v4": len(v4), "v6": len(v6)}
    parts = [json.dumps(head).encode() + b"\n"]
    for kind, found in (("I", v4), ("Q", v6)):
        parts += [in_order(array(kind, [start for start, _ in found])), "".join(code for _, code in found).encode()]
    target.write_bytes(zlib.compress(b"".join(parts), 9))


def ranges(path: Path) -> Iterator[tuple[int, int, str]]:
    """First and last address of each range, and its country."""
    with path.open(newline="") as file:
        for first, last, country in csv.reader(file):
            yield int(first), int(last), country


def halved(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of long addresses the first half, in which networks differ."""
    for first, last, country in found:
        yield first >> V6_BITS, last >> V6_BITS, country


def beginnings(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    """Where another country begins; behind a range that no other one follows, no country does."""
    behind, before = 0, NOWHERE
    for first, last, country in found:
        if first > behind and before != NOWHERE:
            yield behind, (before := NOWHERE)
        if country != before and first >= behind:
            yield first, (before := country)
        behind = max(behind, last + 1)
    yield behind, NOWHERE


def in_order(numbers: "array[int]") -> bytes:
    """The numbers as bytes, the smallest first."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


if __name__ == "__main__":
    main()
