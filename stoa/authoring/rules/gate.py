"""What the course team should mend before learners see a course."""

from collections.abc import Container, Iterator

from stoa.coursedoc import walking
from stoa.coursedoc.imported import Finding
from stoa.coursedoc.model import Course, MoocVideo


def uncaptioned(course: Course, tracks: Container[str]) -> Iterator[Finding]:
    """MOOC videos without readable captions in the language of their course."""
    for place in walking.steps(course):
        for item in walking.items(place.step):
            if isinstance(item, MoocVideo) and not _has_captions(item, course.language, tracks):
                yield Finding(
                    place=f"{place.lesson.title} > {place.step.title}",
                    problem=f"MOOC video {item.title or item.id} has no captions in {course.language}"
                    ", the language of the course.",
                    remedy="Add captions before learners come: some of them can't hear it, or can't follow it.",
                )


def _has_captions(video: MoocVideo, language: str, tracks: Container[str]) -> bool:
    return any(
        captions.asset.removeprefix("asset:") in tracks and _main(captions.language) == _main(language)
        for captions in video.captions
    )


def _main(language: str) -> str:
    """The language without its region: captions in en-GB do for a course in en."""
    return language.replace("_", "-").partition("-")[0].lower()
