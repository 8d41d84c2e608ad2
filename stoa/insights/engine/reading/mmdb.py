"""The country of an internet address by a file in the MaxMind DB format, whoever made it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import maxminddb
from maxminddb.types import Record

_LETTERS = 2
_LOOKED_AT = 10_000
"""So many records are looked at for a country before the file is refused."""


@dataclass(frozen=True, kw_only=True)
class Mmdb:
    """An open file: `vintage` is the day on which it was built."""

    vintage: str
    source: str
    reader: maxminddb.Reader = field(repr=False)

    @property
    def edition(self) -> str:
        """What tells this data from other data."""
        return f"{self.source} {self.vintage} {self.reader.metadata().build_epoch}"

    def of(self, ips: Sequence[str]) -> list[str | None]:
        """The country of each address (ISO 3166 alpha-2); None where it is private, unknown or no address."""
        return [self._of(ip) for ip in ips]

    def _of(self, ip: str) -> str | None:
        try:
            address = ip_address(ip)
        except ValueError:
            return None
        address = getattr(address, "ipv4_mapped", None) or address
        if not address.is_global or address.version > self.reader.metadata().ip_version:
            return None
        return _code(self.reader.get(address))


def read_mmdb(path: Path) -> Mmdb:
    """Open the file. Raises OSError, or ValueError where it is no such file or knows no countries."""
    try:
        reader = maxminddb.open_database(path)
    except maxminddb.InvalidDatabaseError as reason:
        raise ValueError(str(reason)) from None
    if not any(_code(record) for _, (_, record) in zip(range(_LOOKED_AT), reader, strict=False)):
        raise ValueError("its records name no countries (country.iso_code, country or country_code)")
    told = reader.metadata()
    day = datetime.fromtimestamp(told.build_epoch, tz=UTC).date()
    return Mmdb(vintage=day.isoformat(), source=told.database_type, reader=reader)


def _code(record: Record | None) -> str | None:
    """The country as the makers of such files write it: a record of its own, or two letters."""
    if not isinstance(record, dict):
        return None
    country = record.get("country", record.get("country_code"))
    code = country.get("iso_code") if isinstance(country, dict) else country
    return code.upper() if isinstance(code, str) and len(code) == _LETTERS and code.isalpha() else None
