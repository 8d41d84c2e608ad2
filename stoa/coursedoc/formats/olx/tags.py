"""What the tags of OLX are: what holds others, what has a file of its own, what is no content."""

import re

CONTAINERS = frozenset({
    "course", "library", "chapter", "sequential", "vertical", "split_test", "library_content", "legacy_library_content",
    "itembank", "conditional", "randomize", "wrapper", "problemset", "videosequence", "section", "unit",
})  # fmt: skip  # a table, read by its rows

FILE_BACKED = CONTAINERS | {
    "html", "problem", "video", "videoalpha", "discussion", "lti", "word_cloud", "annotatable", "poll_question",
    "imageannotation", "textannotation", "videoannotation", "combinedopenended", "peergrading", "customtag",
}  # fmt: skip  # a table, read by its rows

LESSONS = frozenset({"sequential", "problemset", "videosequence", "section"})
STEPS = frozenset({"vertical", "wrapper", "unit"})
POOLS = frozenset({"library_content", "legacy_library_content", "itembank", "randomize"})

NOT_CONTENT = frozenset({"wiki", "textbook", "show", "structured_tag", "graceperiod", "certificates"})

BARE = re.compile(r"aside$")


def is_block(tag: str) -> bool:
    """Whether a child of a container is content."""
    return bool(tag) and tag not in NOT_CONTENT and not BARE.search(tag)


def is_block_file(place: str) -> bool:
    """Whether a file of the source holds one element of the course."""
    folder, slash, _ = place.partition("/")
    return bool(slash) and place.endswith(".xml") and folder in FILE_BACKED - {"course", "library"}
