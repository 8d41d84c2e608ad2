"""How a visitor wants to see the site."""

import pytest

from stoa.site.rules.preferences import Look, look_of


@pytest.mark.parametrize(
    ("cookies", "look"),
    [
        ({}, Look()),
        ({"theme": "dark"}, Look(theme="dark")),
        ({"theme": "<script>"}, Look()),
        ({"low_data": "1"}, Look(low_data=True)),
    ],
)
def test_cookies_say_how_the_site_looks(cookies: dict[str, str], look: Look) -> None:
    assert look_of(cookies) == look
