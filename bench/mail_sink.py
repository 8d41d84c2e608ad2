"""A mail server that takes everything and keeps only Message-IDs: far cheaper than the senders that it measures.

python -m bench.mail_sink [--delay-ms 50 | --letter-ms 50]

Prints its port; when its input ends, every id with how often it came.
"""

import argparse
import asyncio
import json
import re
import sys
from collections import Counter

_HELLO = b"250-sink\r\n250 PIPELINING\r\n"
_END = b"\r\n.\r\n"
_TAKEN = b"250 taken\r\n"
_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


class Conversation(asyncio.Protocol):
    """One connection: just enough SMTP. What comes in one journey is answered together, after the delay."""

    def __init__(self, ids: Counter[str], delay: float, letter: float) -> None:
        self._ids, self._delay, self._letter = ids, delay, letter
        self._rest = b""
        self._in_letter = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer all that is whole."""
        self._rest += data
        replies = b"".join(iter(self._next, b""))
        delay = self._delay + (self._letter if _TAKEN in replies else 0)
        if replies and self._transport:
            asyncio.get_running_loop().call_later(delay, self._transport.write, replies)

    def _next(self) -> bytes:
        """The reply to the next command or letter; none while it isn't whole."""
        end = _END if self._in_letter else b"\r\n"
        piece, found, rest = self._rest.partition(end)
        if not found:
            return b""
        self._rest = rest
        if self._in_letter:
            self._in_letter = False
            found_id = _ID.search(piece)
            self._ids[found_id[1].decode() if found_id else "none"] += 1
            return _TAKEN
        self._in_letter = piece.upper() == b"DATA"
        if self._in_letter:
            return b"354 go on\r\n"
        return _HELLO if piece.upper().startswith(b"EHLO") else b"250 fine\r\n"


async def serve(delay: float, letter: float) -> Counter[str]:
    """Serve until the input ends."""
    ids: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(ids, delay, letter), "127.0.0.1", 0)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
    return ids


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay-ms", type=float, default=0.0, help="for each journey over the wire")
    parser.add_argument("--letter-ms", type=float, default=0.0, help="for each letter that it takes")
    given = parser.parse_args()
    json.dump(asyncio.run(serve(given.delay_ms / 1000, given.letter_ms / 1000)), sys.stdout)
