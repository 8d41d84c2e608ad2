"""What edX calls our things: the names in the event log."""

BLOCK_TYPES = {
    "reading": "html",
    "mooc_video": "video",
    "quiz": "problem",
    "exercise": "problem",
    "assignment": "openassessment",
    "discussion": "discussion",
    "outside_resource": "html",
    "step": "vertical",
    "lesson": "sequential",
    "module": "chapter",
}


def course_key(*, organisation: str, course: str, run: str) -> str:
    """The course key: course-v1:ORG+COURSE+RUN."""
    return f"course-v1:{organisation}+{course}+{run}"


def usage_key(course_id: str, kind: str, block: str) -> str:
    """The key of a part of the course: block-v1:ORG+COURSE+RUN+type@TYPE+block@ID."""
    return f"block-v1:{course_id.removeprefix('course-v1:')}+type@{BLOCK_TYPES.get(kind, kind)}+block@{block}"


def username(person_id: int) -> str:
    """What the log calls a person."""
    return f"learner-{person_id}"
