"""The country of an internet address: by the data that comes with Stoa, or by the operator's own."""

import csv
import ipaddress
import json
import os
import socket
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from stoa.insights.engine.reading.mmdb import Mmdb, read_mmdb
from stoa.insights.engine.warehouse.warehouse import Warehouse

BUNDLED: Final = Path(__file__).resolve().parents[1] / "vendor" / "countries.bin"
SETTING: Final = "STOA_IP_DATABASE"
_NOWHERE: Final = "  "
_MAPPED: Final = b"\0" * 10 + b"\xff\xff"
_V6_BITS: Final = 64


class CountriesUnreadable(Exception):
    """This file holds no ranges of internet addresses."""


@dataclass(frozen=True, kw_only=True)
class Countries:
    """Where each range of addresses begins and its country; `vintage` says of what day the data is."""

    vintage: str
    source: str
    v4: npt.NDArray[np.uint32]
    v4_codes: npt.NDArray[np.str_]
    v6: npt.NDArray[np.uint64]
    v6_codes: npt.NDArray[np.str_]

    @property
    def edition(self) -> str:
        """What tells this data from other data."""
        return f"{self.source} {self.vintage} {len(self.v4)} {len(self.v6)}"

    def of(self, ips: Sequence[str]) -> list[str | None]:
        """The country of each address (ISO 3166 alpha-2); None where it is private, unknown or no address."""
        packed = [_packed(ip) for ip in ips]
        found: list[str | None] = [None] * len(ips)
        for size, kind, starts, codes in ((4, ">u4", self.v4, self.v4_codes), (8, ">u8", self.v6, self.v6_codes)):
            rows = [row for row, address in enumerate(packed) if len(address) == size]
            numbers = np.frombuffer(b"".join(packed[row] for row in rows), kind)
            places = np.searchsorted(starts, numbers.astype(starts.dtype), side="right") - 1
            places[_special(numbers)] = -1
            for row, place in zip(rows, places.tolist(), strict=True):
                code = str(codes[place]) if place >= 0 else _NOWHERE
                found[row] = code if code.strip() else None
        return found


def _special(numbers: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.bool_]:
    """Addresses of no country, whatever a list says of them: private ones, and those of no single host."""
    if numbers.dtype.itemsize != _SHORT:
        return np.zeros(len(numbers), bool)
    found = np.zeros(len(numbers), bool)
    for first, last in _RESERVED:
        found |= (numbers >= first) & (numbers <= last)
    return found


_SHORT: Final = 4
_RESERVED: Final = [
    (int(network.network_address), int(network.broadcast_address))
    for network in map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
]


def countries_of(ips: Sequence[str]) -> list[str | None]:
    """The country of each address by the data at hand; all unknown where there is none."""
    known = default_countries()
    return known.of(ips) if known else [None] * len(ips)


def edition() -> str:
    """What tells the data at hand from other data."""
    known = default_countries()
    return known.edition if known else ""


def note_countries(warehouse: Warehouse) -> None:
    """Write into the manifest by which data, of what day, tables have their countries. The caller is `alone`."""
    known = default_countries()
    told = {"ip_source": known.source if known else "", "ip_vintage": known.vintage if known else ""}
    facts = warehouse.snapshot().manifest.facts
    if any(facts.get(name) != value for name, value in told.items()):
        with warehouse.writing() as change:
            for name, value in told.items():
                change.say(name, value)


@cache
def default_countries() -> Countries | Mmdb | None:
    """The operator's data (STOA_IP_DATABASE), else what comes with Stoa; None where neither is there."""
    if own := os.environ.get(SETTING):
        return read_countries(Path(own))
    return read_countries(BUNDLED) if BUNDLED.exists() else None


def use(path: Path) -> Countries | Mmdb:
    """Take this file from now on, in this process and those that it starts. Raises CountriesUnreadable."""
    os.environ[SETTING] = str(path.resolve())
    default_countries.cache_clear()
    return default_countries() or read_countries(path)


def read_countries(path: Path) -> Countries | Mmdb:
    """Read a file of ranges: our own kind, MaxMind DB (.mmdb), or CSV with first and last address and country.

    Raises CountriesUnreadable.
    """
    try:
        return _READERS.get(path.suffix, _bundled)(path)
    except (OSError, ValueError, KeyError, zlib.error) as reason:
        raise CountriesUnreadable(f"{path} holds no ranges of addresses with their countries: {reason}") from None


def _bundled(path: Path) -> Countries:
    head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    ends = np.cumsum([0, 4 * told["v4"], 2 * told["v4"], 8 * told["v6"], 2 * told["v6"]]).tolist()
    v4, v4_codes, v6, v6_codes = (body[start:end] for start, end in pairwise(ends))
    return Countries(
        vintage=told["vintage"],
        source=told["source"],
        v4=np.frombuffer(v4, "<u4").astype(np.uint32),
        v4_codes=np.frombuffer(v4_codes, "S2").astype(str),
        v6=np.frombuffer(v6, "<u8").astype(np.uint64),
        v6_codes=np.frombuffer(v6_codes, "S2").astype(str),
    )


def _listed(path: Path) -> Countries:
    with path.open(newline="") as file:
        rows = [(_number(first), _number(last), code.strip().upper()) for first, last, code, *_ in csv.reader(file)]
    four = [(first, last, code) for (short, first), (_, last), code in rows if short]
    six = [(first >> _V6_BITS, last >> _V6_BITS, code) for (short, first), (_, last), code in rows if not short]
    v4, v6 = list(_beginnings(sorted(four), 32)), list(_beginnings(sorted(six), _V6_BITS))
    return Countries(
        vintage="",
        source=path.name,
        v4=np.array([start for start, _ in v4], np.uint32),
        v4_codes=np.array([code for _, code in v4], "U2"),
        v6=np.array([start for start, _ in v6], np.uint64),
        v6_codes=np.array([code for _, code in v6], "U2"),
    )


_READERS: Final[Mapping[str, Callable[[Path], Countries | Mmdb]]] = {".csv": _listed, ".mmdb": read_mmdb}


def _number(told: str) -> tuple[bool, int]:
    """Whether it is an address of version 4, and its number; it may be written as either."""
    address = ipaddress.ip_address(int(told) if told.strip().isdigit() else told.strip())
    return isinstance(address, ipaddress.IPv4Address), int(address)


def _beginnings(ranges: Iterable[tuple[int, int, str]], bits: int) -> Iterator[tuple[int, str]]:
    behind = 0
    for first, last, code in ranges:
        if first > behind:
            yield behind, _NOWHERE
        yield first, code
        behind = last + 1
    if behind < 1 << bits:
        yield behind, _NOWHERE


def _packed(ip: str) -> bytes:
    """The address in 4 bytes, or the first 8 of version 6; nothing where it is no address."""
    try:
        if ":" not in ip:
            return socket.inet_pton(socket.AF_INET, ip)
        whole = socket.inet_pton(socket.AF_INET6, ip)
    except (OSError, ValueError):
        return b""
    return whole[12:] if whole.startswith(_MAPPED) else whole[:8]
