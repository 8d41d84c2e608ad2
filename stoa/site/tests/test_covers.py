"""Views from the porch."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stoa.site.rules.covers.address import LANDSCAPES, address_of, columns
from stoa.site.rules.covers.chance import Chance, seed_of
from stoa.site.rules.covers.drawing import cover, panorama
from stoa.site.rules.covers.palette import blend

SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=60)


def test_the_seed_of_a_name_is_its_fnv_1a() -> None:
    assert [seed_of(""), seed_of("a"), seed_of("foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]


def test_chance_falls_the_same_way_for_the_same_name() -> None:
    once, again = Chance("first-steps-python"), Chance("first-steps-python")

    assert [round(once(), 3) for _ in range(4)] == [round(again(), 3) for _ in range(4)] == [0.617, 0.467, 0.502, 0.257]


@given(SLUGS, st.sampled_from(LANDSCAPES), st.integers(3, 9), st.booleans())
def test_the_same_course_gives_the_same_bytes_and_they_are_few(slug: str, seen: str, weeks: int, dark: bool) -> None:
    drawn = cover(slug, seen, weeks, by_night=dark)

    assert drawn == cover(slug, seen, weeks, by_night=dark)
    assert len(drawn) < 6000
    assert etree.fromstring(drawn.encode()).tag == "{http://www.w3.org/2000/svg}svg"


@given(SLUGS, st.sampled_from(LANDSCAPES))
def test_day_and_night_show_the_same_view(slug: str, seen: str) -> None:
    by_day, by_night = cover(slug, seen, 6, by_night=False), cover(slug, seen, 6, by_night=True)

    assert by_day != by_night
    assert by_day.count("<path") == by_night.count("<path")


def test_the_columns_are_the_weeks_between_three_and_nine() -> None:
    assert [columns(weeks) for weeks in (None, 1, 6, 40)] == [5, 3, 6, 9]


def test_the_address_says_all_that_the_drawing_needs() -> None:
    assert address_of("forest-edges", "ecology", 8, night=True) == "/covers/2/ecology/8/forest-edges-night.svg"


def test_a_course_without_a_subject_always_sees_the_same_landscape() -> None:
    seen = [address_of(slug, "", 2, night=False) for slug in ("x", "x", "y")]

    assert seen == ["/covers/2/society/3/x-day.svg"] * 2 + ["/covers/2/languages/3/y-day.svg"]


def test_terraces_are_a_stepped_sine_and_firs_stand_on_the_two_front_layers() -> None:
    terraces = cover("first-steps-python", "computing", 6, by_night=False)
    woods = cover("forest-edges", "ecology", 8, by_night=False)

    assert "M0 116.9V138.5H53.3V127.7H106.7V106.1H160V95.3H213.3V95.3H266.7V106.1" in terraces
    assert [woods.count(f'<path fill="{colour}"') for colour in ("#6b742c", "#414a19")] == [4, 1]


def test_the_panorama_is_wide() -> None:
    assert 'viewBox="0 0 1440 340"' in panorama(by_night=False)


def test_colours_mix_by_their_share() -> None:
    assert [blend("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]
