"""How long a learner needs, estimated from words, MOOC videos and questions where nobody said."""

import re

from stoa.coursedoc import model, walking
from stoa.coursedoc.model.texts import Text

WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 300
"""For scripts without spaces between words."""
A_VIDEO = 6.0
"""Minutes of a MOOC video whose length nobody knows."""
A_QUESTION = 1.5
AN_EXERCISE = 10.0
AN_ASSIGNMENT = 60.0
A_REVIEW = 12.0
A_TALK = 5.0
AN_OUTSIDE_RESOURCE = 10.0
A_RAW_ELEMENT = 2.0

_TAG = re.compile(r"<[^>]*>|\bdata:\S+")
_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def course_minutes(course: model.Course) -> float:
    """All steps that learners see, together."""
    return round(
        sum(
            step_minutes(place.step)
            for place in walking.steps(course)
            if not (place.module.hidden or place.lesson.hidden or place.step.hidden)
        ),
        1,
    )


def step_minutes(step: model.Step) -> float:
    """What the author says, or the items together, at least half a minute."""
    if step.minutes is not None:
        return step.minutes
    return max(0.5, round(sum(item_minutes(item) for item in step.items if not item.hidden), 1))


def item_minutes(item: model.Item) -> float:  # noqa: PLR0911 -- one answer a kind of item
    """What the author says, or an estimate by kind."""
    if item.minutes is not None:
        return item.minutes
    match item:
        case model.Pool():
            share = len(item.items) if item.draw is None else min(item.draw, len(item.items))
            return _mean(item.items) * share
        case model.Variants():
            return sum(map(item_minutes, item.variants[0].items)) if item.variants else 0.0
        case model.MoocVideo():
            return _watching(item)
        case model.Quiz():
            return reading_minutes(item.intro, item.outro) + A_QUESTION * len(item.parts)
        case model.Assignment():
            reviews = item.reviews_to_give if model.ReviewFlow.PEER in item.flow else 0
            return reading_minutes(*item.prompts) + AN_ASSIGNMENT + A_REVIEW * reviews
        case model.Reading():
            return max(0.5, reading_minutes(item.text))
        case _:
            return _fixed(item)


def reading_minutes(*texts: Text) -> float:
    """How long these texts take to read."""
    plain = " ".join(_TAG.sub(" ", text.source) for text in texts)
    signs = len(_SIGN.findall(plain))
    words = len(_WORD.findall(_SIGN.sub(" ", plain)))
    return round(words / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE, 1)


def _watching(video: model.MoocVideo) -> float:
    seconds = video.duration
    if video.end is not None:
        seconds = video.end
    if seconds is None:
        return A_VIDEO
    return max(0.5, round((seconds - (video.start or 0)) / 60, 1))


def _fixed(item: model.Item) -> float:
    match item:
        case model.Exercise():
            return reading_minutes(item.text) + AN_EXERCISE
        case model.Discussion():
            return A_TALK
        case model.OutsideResource():
            return AN_OUTSIDE_RESOURCE
        case _:
            return A_RAW_ELEMENT


def _mean(items: tuple[model.Item, ...]) -> float:
    return sum(map(item_minutes, items)) / len(items) if items else 0.0
