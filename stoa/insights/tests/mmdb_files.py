"""Small files in the MaxMind DB format, written by its specification: a tree of bits, records, a map about itself."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

Value = str | int | Mapping[str, "Value"] | Sequence[str]
_MARK = b"\xab\xcd\xefMaxMind.com"
_U16, _U32, _U64 = 5, 6, 9


@dataclass(frozen=True)
class Number:
    """A whole number of one of the format's types."""

    kind: int
    value: int


def an_mmdb(records: Mapping[str, object], *, kind: str = "Test-Country", built: int = 1_780_000_000) -> bytes:
    """A file with these records by network; networks of both versions stand in one tree, as in real files."""
    nodes: list[list[int | bytes]] = [[-1, -1]]
    for network, record in records.items():
        _put(nodes, _bits(network), _encoded(record))
    data, places = b"", {}
    for record in (one for node in nodes for one in node if isinstance(one, bytes)):
        if record not in places:
            places[record] = len(data)
            data += record
    count = len(nodes)
    tree = b"".join(_pointer(one, count, places) for node in nodes for one in node)
    about = {
        "node_count": Number(_U32, count),
        "record_size": Number(_U16, 24),
        "ip_version": Number(_U16, 6),
        "database_type": kind,
        "languages": ["en"],
        "binary_format_major_version": Number(_U16, 2),
        "binary_format_minor_version": Number(_U16, 0),
        "build_epoch": Number(_U64, built),
        "description": {"en": "made by a test"},
    }
    return tree + bytes(16) + data + _MARK + _encoded(about)


def _bits(network: str) -> str:
    net = ip_network(network)
    bits = f"{int(net.network_address):0{net.max_prefixlen}b}"[: net.prefixlen]
    return bits if net.version == 6 else "0" * 96 + bits


def _put(nodes: list[list[int | bytes]], bits: str, record: bytes) -> None:
    here = 0
    for bit in map(int, bits[:-1]):
        there = nodes[here][bit]
        if there == -1:
            there = len(nodes)
            nodes.append([-1, -1])
            nodes[here][bit] = there
        assert isinstance(there, int), "one network lies in another"
        here = there
    nodes[here][int(bits[-1])] = record


def _pointer(one: int | bytes, count: int, places: Mapping[bytes, int]) -> bytes:
    number = count + 16 + places[one] if isinstance(one, bytes) else count if one == -1 else one
    return number.to_bytes(3, "big")


def _encoded(value: object) -> bytes:
    if isinstance(value, str):
        return _head(2, len(value.encode())) + value.encode()
    if isinstance(value, Number):
        plain = value.value.to_bytes(8, "big").lstrip(b"\0")
        return _head(value.kind, len(plain)) + plain
    if isinstance(value, Mapping):
        return _head(7, len(value)) + b"".join(_encoded(key) + _encoded(one) for key, one in value.items())
    assert isinstance(value, Sequence)
    return _head(11, len(value)) + b"".join(map(_encoded, value))


def _head(kind: int, size: int) -> bytes:
    assert size < 29
    return struct.pack("B", kind << 5 | size) if kind < 8 else struct.pack("BB", size, kind - 7)
