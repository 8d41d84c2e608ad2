"""Invented answers of the engine, for pages to show."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import sin

from stoa.insights.rules.answers import Counts, Day, Overview, Slice
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension, View

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TITLES = {
    "course-v1:Porch+PY1+14": "First Steps in Python",
    "course-v1:Porch+DATA+3": "Reading Data Well",
    "course-v1:Lakeside+WATER+2": "Clean Water at Home",
}
GROUPS: Mapping[Dimension, Mapping[str, int]] = {
    Dimension.COUNTRY: {
        "IN": 141_200,
        "US": 118_400,
        "NG": 92_700,
        "KE": 84_210,
        "BR": 71_900,
        "EG": 58_300,
        "BD": 40_100,
        "ES": 37_800,
        "GB": 31_000,
        "FR": 21_000,
        "CN": 18_200,
        "AU": 9_400,
        "CA": 9_100,
        "MX": 8_000,
        "AR": 4_100,
        "ZA": 3_900,
        "PE": 1_200,
        "DZ": 700,
        "MN": 40,
        "FJ": 12,
        UNKNOWN: 37_300,
    },
    Dimension.AGE: {
        "0-12": 300,
        "13-17": 2_800,
        "18-24": 26_900,
        "25-34": 25_400,
        "35-44": 11_700,
        "45-54": 4_900,
        "55-64": 1_400,
        "65+": 700,
        UNKNOWN: 10_110,
    },
    Dimension.EDUCATION: {
        "school": 30_200,
        "associate": 3_100,
        "bachelor": 31_700,
        "master": 9_900,
        "doctorate": 1_700,
        UNKNOWN: 7_610,
    },
    Dimension.GENDER: {"f": 38_700, "m": 37_900, "o": 1_700, UNKNOWN: 5_910},
    Dimension.STATUS: {"registered": 37_895, "viewed": 24_412, "explored": 7_546, "certified": 14_357},
    Dimension.INTENT: {"certificate": 31_000, "some": 11_000, "browse": 9_000, "unsure": 6_000, UNKNOWN: 27_210},
    Dimension.TRACK: {"verified": 3_684, "audit": 80_526},
    Dimension.TEACHER: {"now": 9_800, "was": 6_100, "never": 42_000, UNKNOWN: 26_310},
    Dimension.ORGANISATION: {"Porch": 61_000, "Lakeside": 23_210},
    Dimension.AREA: {"computing": 51_000, "health": 23_210, "data": 10_000},
    Dimension.COURSE: dict(zip(TITLES, (51_000, 10_000, 23_210), strict=True)),
    Dimension.RUN: {"14": 51_000, "3": 10_000, "2": 23_210},
}


def counts(registered: int) -> Counts:
    """A group of this size that fares as all do."""
    return Counts(
        registered=registered,
        participants=registered * 55 // 100,
        explored=registered * 26 // 100,
        certified=registered * 17 // 100,
        verified=registered * 44 // 1000,
        verified_certified=registered * 26 // 1000,
        intenders=registered * 37 // 100,
        intenders_certified=registered * 13 // 100,
    )


def days(number: int = 120) -> tuple[Day, ...]:
    """Days up to the last one."""
    last = date(2026, 11, 22)
    return tuple(
        Day(
            day=last - timedelta(days=number - 1 - place),
            active=int(700 + 250 * sin(place / 9) + 120 * (place % 7 < 5)),
            registered=int(400 + 2 * place),
            certified=place,
        )
        for place in range(number)
    )


def overview(choice: Choice | None = None, view: View = View.PUBLIC) -> Overview:
    """A board: Kenya is large, Fiji nearly too small, Tuvalu too small to be shown."""
    choice = choice or Choice()
    slices = {
        dimension: tuple(Slice(key=key, counts=counts(number)) for key, number in groups.items())
        for dimension, groups in GROUPS.items()
    }
    hidden = Slice(key="TV", counts=None)
    return Overview(
        version=7,
        as_of=AT,
        view=view,
        choice=choice,
        courses=61,
        everyone=counts(1_204_300),
        shown=counts(84_210),
        slices={**slices, Dimension.COUNTRY: (*slices[Dimension.COUNTRY], hidden)},
        wholes={name: sum(GROUPS.get(name, {}).values()) for name in choice.keys},
        titles=TITLES,
        days=days(),
        hours_of_certified=22.4,
        hours_n=14_315,
    )


def nobody(choice: Choice | None = None) -> Overview:
    """So few that nothing is shown."""
    return replace(overview(choice), shown=None, slices={}, days=(), hours_of_certified=None, hours_n=0)
