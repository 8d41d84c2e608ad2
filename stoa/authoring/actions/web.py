"""Reading pages of the public web, and nothing but the public web.

Course authors choose the addresses, so each is treated as an attempt to reach this machine's own network: names are
resolved once, every address they have must be public, the connection goes to the address that was looked at, and
each redirect begins anew. Sizes and times are bounded.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import urllib3
from lxml import etree, html
from urllib3.util import Timeout

from stoa.authoring.rules.outside import Answer, fingerprint

MOST_BYTES = 2_000_000
MOST_REDIRECTS = 5
SECONDS = 20.0
FOR_GOOD = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}
SILENT = ("script", "style", "noscript", "template", "svg")
HEADERS = {"User-Agent": "Stoa-link-check/1 (+a course links to this page)", "Accept": "*/*", "Accept-Encoding": "gzip"}


class Web(Protocol):
    """Whatever can say how an address answers."""

    def ask(self, url: str) -> Answer:
        """How this address answers."""


class NotPublic(Exception):
    """The address does not lead to the public web."""


class NoSuchSite(Exception):
    """There is no site of this name."""


@dataclass(frozen=True)
class Place:
    """An address taken apart, with the one machine address to connect to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


Resolver = Callable[[str, int], Iterable[str]]


def resolve(host: str, port: int) -> list[str]:
    """The machine addresses of a host name. Raises NoSuchSite."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise NoSuchSite from unknown
    return [str(info[4][0]) for info in found]


def is_public(address: str) -> bool:
    """Whether a machine address is of the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return parsed.is_global and not parsed.is_multicast


@dataclass(frozen=True)
class PublicWeb:
    """The web as everybody sees it. `allowed` and `resolver` can be narrowed or widened by who asks."""

    allowed: Callable[[str], bool] = is_public
    resolver: Resolver = resolve
    ports: frozenset[int] | None = frozenset(PORTS.values())
    """None: any."""

    def ask(self, url: str) -> Answer:
        """How this address answers, redirects followed; never raises for what a site does."""
        until = time.monotonic() + SECONDS
        moved_to, for_good = "", True
        try:
            for _ in range(MOST_REDIRECTS + 1):
                place = self._place(url)
                answer, onward, lasting = _get(place, until - time.monotonic())
                if not onward:
                    return _with_move(answer, moved_to if for_good else "")
                url = moved_to = urljoin(url, onward)
                for_good = for_good and lasting
        except NotPublic:
            return Answer(refused=True, problem="It does not lead to the public web.")
        except NoSuchSite:
            return Answer(missing=True, problem="There is no site of this name.")
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as failed:
            return Answer(problem=_reason(failed))
        return Answer(problem="It sends one round in circles.")

    def _place(self, url: str) -> Place:
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme.lower()
        if scheme not in PORTS or not host or parts.username or parts.password:
            raise NotPublic
        port = parts.port or PORTS[scheme]
        addresses = list(self.resolver(host, port))
        if not addresses:
            raise NoSuchSite
        if (self.ports is not None and port not in self.ports) or not all(map(self.allowed, addresses)):
            raise NotPublic
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Place(scheme=scheme, host=host, port=port, path=path, address=addresses[0])


def _get(place: Place, seconds: float) -> tuple[Answer, str, bool]:
    """The answer, where it sends one on to, and whether for good."""
    if seconds <= 0:
        raise TimeoutError
    timeout = Timeout(total=seconds, connect=min(seconds, 8.0))
    with _pool(place, timeout) as pool:
        host = place.host if place.port == PORTS[place.scheme] else f"{place.host}:{place.port}"
        response = pool.urlopen(
            "GET", place.path, headers={**HEADERS, "Host": host}, redirect=False, retries=False, preload_content=False
        )
        try:
            onward = response.headers.get("Location", "") if response.status in REDIRECTS else ""
            body = b"" if onward else _body(response, seconds)
        finally:
            response.close()
    kind = response.headers.get("Content-Type", "")
    answer = Answer(status=response.status, fingerprint=_fingerprint(body, kind) if response.status < 300 else "")  # noqa: PLR2004 -- a success
    return answer, onward, response.status in FOR_GOOD


def _pool(place: Place, timeout: Timeout) -> urllib3.HTTPConnectionPool:
    """A connection to the address that was looked at, asking for the host that was named."""
    if place.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            place.address, place.port, timeout=timeout, server_hostname=place.host, assert_hostname=place.host
        )
    return urllib3.HTTPConnectionPool(place.address, place.port, timeout=timeout)


def _body(response: urllib3.BaseHTTPResponse, seconds: float) -> bytes:
    until = time.monotonic() + seconds
    kept = bytearray()
    for chunk in response.stream(1 << 16, decode_content=True):
        kept += chunk
        if len(kept) >= MOST_BYTES or time.monotonic() > until:
            break
    return bytes(kept[:MOST_BYTES])


def _fingerprint(body: bytes, kind: str) -> str:
    """Of the words of a page, or of the bytes of any other file."""
    if "html" not in kind:
        return fingerprint(body.hex(" ", 16)) if body else ""
    try:
        page = html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return ""
    for silent in page.iter(*SILENT):
        silent.text = None
        for inner in list(silent):
            silent.remove(inner)
    return fingerprint(" ".join(text for text in page.itertext() if isinstance(text, str)))


def _with_move(answer: Answer, moved_to: str) -> Answer:
    return Answer(status=answer.status, fingerprint=answer.fingerprint, moved_to=moved_to)


def _reason(failed: Exception) -> str:
    if isinstance(failed, urllib3.exceptions.SSLError):
        return "Its certificate is not right."
    if isinstance(failed, (TimeoutError, urllib3.exceptions.TimeoutError)):
        return "It did not answer in time."
    return "The connection failed."
