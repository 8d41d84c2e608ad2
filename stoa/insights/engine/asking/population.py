"""Learners' education beside that of the adults of their countries (R095)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.hiding import Hiding
from stoa.insights.engine.asking.nesting import FAMILY, settled, summed
from stoa.insights.engine.asking.solving import Margins
from stoa.insights.engine.baseline.education import Share
from stoa.insights.rules.answers import Population
from stoa.insights.rules.bands import HIGH, LOW
from stoa.insights.rules.dimensions import Choice, Dimension
from stoa.insights.rules.suppression import hidden


def population(
    crowd: Crowd, choice: Choice, hiding: Hiding, shares: Mapping[str, Share], least: int
) -> Population | None:
    """Of the chosen learners of 25 and more who said their education and live where the population is known.

    None where there is nobody, or where it would tell on fewer than `least`.
    """
    if Dimension.EDUCATION in choice.keys:
        return None
    known = np.array([key in shares for key in crowd.keys[Dimension.COUNTRY]], bool)
    table = _degrees(crowd, choice, hiding, Dimension.COUNTRY)
    counted = table[known]
    low, high = (int(number) for number in counted.sum(axis=0))
    if not low + high or (least > 1 and _tells(crowd, choice, hiding, least, low_high=(low, high))):
        return None
    there = [shares[key] for key, yes in zip(crowd.keys[Dimension.COUNTRY], known, strict=True) if yes]
    people = counted.sum(axis=1)
    used = [share for share, number in zip(there, people, strict=True) if number]
    expected = sum(share.share * int(number) for share, number in zip(there, people, strict=True))
    return Population(
        n=low + high,
        educated=high,
        expected=round(expected, 1),
        countries=len(used),
        first_year=min(share.year for share in used),
        last_year=max(share.year for share in used),
        sources=tuple(sorted({share.source for share in used})),
    )


def _degrees(crowd: Crowd, choice: Choice, hiding: Hiding, dimension: Dimension) -> Numbers:
    """Keys of a dimension by lower and higher education: how many of the chosen, of 25 and more."""
    table = crowd.registered_by_cube(choice, dimension, Dimension.AGE, Dimension.EDUCATION)
    if table is None:
        return _degrees_of_people(crowd, hiding.places(choice), dimension)
    return np.stack([(table * (crowd.degrees_by_key == degree)).sum(axis=(1, 2)) for degree in (1, 2)], axis=1)


def _degrees_of_people(crowd: Crowd, places: Numbers | None, dimension: Dimension) -> Numbers:
    degrees, codes = crowd.degrees, crowd.codes[dimension]
    if places is not None:
        degrees, codes = degrees[places], codes[places]
    keys = len(crowd.keys[dimension])
    table = np.bincount(codes.astype(np.int32) * 3 + degrees, minlength=keys * 3).reshape(keys, 3)
    return np.asarray(table[:, 1:])


def _tells(crowd: Crowd, choice: Choice, hiding: Hiding, least: int, *, low_high: tuple[int, int]) -> bool:
    """Whether the two numbers tell on a few: by themselves, by whom they leave out, or beside the same of others."""
    if any(0 < number < least for number in low_high) or len(choice.keys) > 1:
        return True
    by_education = hiding.counts(choice, Dimension.EDUCATION)[:, 0]
    keys = crowd.keys[Dimension.EDUCATION]
    for group, number in zip((LOW, HIGH), low_high, strict=True):
        everyone = int(sum(by_education[place] for place, key in enumerate(keys) if key in group))
        if 0 < everyone - number < least:
            return True
    return any(_alone(crowd, choice, dimension, hiding, least) for dimension in choice.keys)


def _alone(crowd: Crowd, choice: Choice, dimension: Dimension, hiding: Hiding, least: int) -> bool:
    """Whether what is left beside the keys of a dimension that may be shown would tell."""
    if dimension in FAMILY:
        return _alone_among_courses(crowd, choice, hiding, least)
    lines: NDArray[np.integer] = _degrees(crowd, Choice(), hiding, dimension).T
    away = hiding.cells(choice.without(dimension), dimension)
    masked = hidden(lines, least, already=np.stack([away, away]))
    chosen = [code for key in choice.of(dimension) if (code := crowd.code(dimension, key)) >= 0]
    return bool(masked[:, chosen].any())


def _alone_among_courses(crowd: Crowd, choice: Choice, hiding: Hiding, least: int) -> bool:
    courses = _degrees(crowd, Choice(), hiding, Dimension.COURSE)
    belongs = hiding.known.members
    tables = {Dimension.COURSE: courses} | {name: summed(courses, places) for name, places in belongs.items()}
    masks = {name: np.stack([mask, mask], axis=1) for name, mask in hiding.known.family().items()}
    return bool(hiding.of_courses(choice, settled(tables, masks, belongs, least, Margins())).any())
