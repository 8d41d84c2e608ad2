"""The child that cleans one file: its family as argument, its content in, the clean content out.

It leaves with 0, or with 3 where the file can't be taken (the words stand in what it writes). Whatever a file of a
stranger does to it dies with it: it has little memory and little time.
"""

import resource
import sys

from stoa.peer_review.rules.files.cleaning import cleaned
from stoa.peer_review.rules.files.kinds import Family
from stoa.peer_review.rules.files.unreadable import Unreadable

REFUSED = 3
MEMORY = 1_500_000_000
SECONDS = 20


def main() -> int:
    """Clean what comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        made, status = cleaned(Family(sys.argv[1]), sys.stdin.buffer.read()), 0
    except Unreadable as refused:
        made, status = str(refused).encode(), REFUSED
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return status


sys.exit(main())
