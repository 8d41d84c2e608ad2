"""Serves pages or live updates by granian: everything is loaded once, and the workers share that memory.

python -m stoa.run.serving --interface=wsgi --host=127.0.0.1 --port=8000 [OPTIONS] config.wsgi:application
"""

import argparse
import gc
import importlib
import multiprocessing
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import MPServer

from stoa.run.children import end_with_parent
from stoa.run.errands import CAN_FORK, run_errand
from stoa.run.locks import wait_for

Application = Callable[..., object]
_LETS_GO_AFTER = 3
_STAYS_IDLE = 600


def main() -> None:
    """Load, do an errand, wait where one is told to, serve until a signal comes."""
    asked = _arguments()
    # What is loaded stays: there is nothing to collect, and to look for it takes a tenth of the loading.
    gc.disable()
    if CAN_FORK and asked.load:
        importlib.import_module(asked.load)
    if asked.errand is not None:
        run_errand(asked.errand)
    if asked.after:
        wait_for(asked.after)
    if CAN_FORK:
        _application(asked.application)
        # The collector writes to whatever it looks at, so that each worker would get its own copy.
        gc.freeze()
        multiprocessing.set_start_method("fork")
    _server(asked).serve(target_loader=partial(_in_a_worker, asked.application), wrap_loader=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("application", help="what is served: module:name")
    parser.add_argument("--interface", type=Interfaces, required=True, help="wsgi or asgi")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1, help="how many processes")
    parser.add_argument("--threads", type=int, default=1, help="how many threads in each; wsgi only")
    parser.add_argument("--at-once", type=int, help="how many requests or streams a process takes at once")
    parser.add_argument("--load", metavar="MODULE", help="what to load first of all")
    parser.add_argument("--errand", metavar="SOCKET", type=int, help="then run what comes by this descriptor")
    parser.add_argument("--after", type=Path, metavar="LOCK", help="then wait until nobody holds this lock")
    return parser.parse_args()


def _server(asked: argparse.Namespace) -> MPServer:
    return MPServer(
        asked.application,
        address=asked.host,
        port=asked.port,
        interface=asked.interface,
        workers=asked.workers,
        blocking_threads=asked.threads,
        # A thread keeps its connection to the database, so threads stay too.
        blocking_threads_idle_timeout=_STAYS_IDLE,
        loop=Loops.auto if sys.platform == "win32" else Loops.uvloop,
        websockets=False,
        backpressure=asked.at_once,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_LETS_GO_AFTER,
    )


def _in_a_worker(name: str) -> Application:
    """What a new worker does first, and what it serves: where it was forked that is loaded already."""
    end_with_parent()
    gc.enable()
    return _application(name)


def _application(name: str) -> Application:
    module, _, attribute = name.partition(":")
    found: Application = getattr(importlib.import_module(module), attribute)
    return found


if __name__ == "__main__":
    main()
