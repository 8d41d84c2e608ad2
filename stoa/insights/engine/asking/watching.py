"""Which stretches of a MOOC video were watched, from play, pause, jump and end."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.kinds import Kind

SEGMENT_MS: Final = 5_000
#: A stretch longer than this is a forgotten window, not somebody watching.
LONGEST_MS: Final = 4 * 3_600_000


def heat(acts: Mapping[str, NDArray[np.int64]]) -> Iterator[tuple[int, int, int]]:
    """Video, segment of five seconds, views; `acts` are sorted by object, learner and time."""
    objects, learners, kinds = acts["object"], acts["learner"], acts["kind"]
    if len(objects) < 2:  # noqa: PLR2004 -- a stretch has two ends
        return
    # A stretch begins with play, or where a jump landed while playing, and ends with whatever comes next.
    begins = (kinds[:-1] == Kind.PLAY) | (kinds[:-1] == Kind.SEEK)
    together = (objects[:-1] == objects[1:]) & (learners[:-1] == learners[1:])
    ends = np.isin(kinds[1:], [int(Kind.PAUSE), int(Kind.SEEK), int(Kind.STOP)])
    start = np.where(kinds[:-1] == Kind.SEEK, acts["b"][:-1], acts["a"][:-1])
    # The player tells a play right after a jump with the place where the jump began.
    landed = (kinds[:-2] == Kind.SEEK) & (kinds[1:-1] == Kind.PLAY) & together[:-1] & (acts["b"][:-2] >= 0)
    start[1:] = np.where(landed, acts["b"][:-2], start[1:])
    stop = acts["a"][1:]
    watched = begins & together & ends & (start >= 0) & (stop > start) & (stop - start <= LONGEST_MS)
    first, last = start[watched] // SEGMENT_MS, (stop[watched] - 1) // SEGMENT_MS
    for video in np.unique(objects[:-1][watched]):
        mine = objects[:-1][watched] == video
        change = np.zeros(int(last[mine].max()) + 2, np.int64)
        np.add.at(change, first[mine], 1)
        np.add.at(change, last[mine] + 1, -1)
        for segment, views in enumerate(np.cumsum(change)[:-1].tolist()):
            yield int(video), segment, int(views)
