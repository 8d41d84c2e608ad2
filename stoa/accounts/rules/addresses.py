"""What counts as an e-mail address, and as the same one."""

import re

_SHAPE = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*")
_LONGEST = 254


class AddressRefused(ValueError):
    """This is not an e-mail address that mail can reach. Write it like name@example.org."""


def tidy(typed: str) -> str:
    """The one spelling under which an address is kept: lower case, its domain in ASCII.

    Look-alike letters (a dotless i, a Kelvin sign) are refused rather than folded, so no address is taken for another.
    """
    name, at, domain = typed.strip().rpartition("@")
    if not at or len(typed) > _LONGEST or not name.isascii():
        raise AddressRefused
    address = f"{name}@{_in_ascii(domain)}".lower()
    if not _SHAPE.fullmatch(address) or len(address) > _LONGEST:
        raise AddressRefused
    return address


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as reason:
        raise AddressRefused from reason
