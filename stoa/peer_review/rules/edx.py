"""What the event log calls an assignment and the work handed in."""


def assignment_key(course_id: str, item_id: str) -> str:
    """The key of the assignment: block-v1:ORG+COURSE+RUN+type@openassessment+block@ID."""
    return f"block-v1:{course_id.removeprefix('course-v1:')}+type@openassessment+block@{item_id}"
