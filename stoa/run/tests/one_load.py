"""An application for tests: it answers with what it was loaded as, and by whom it is served."""

import os
import secrets
from collections.abc import Callable, Iterable

LOADED_AS = secrets.token_hex(8)


def application(environ: dict[str, object], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    del environ
    start("200 OK", [("content-type", "text/plain")])
    return [f"{LOADED_AS} {os.getpid()} {os.getppid()}".encode()]
