"""The country of an internet address."""

from pathlib import Path

import pytest

from stoa.insights.engine.reading.countries import CountriesUnreadable, default_countries, read_countries

RANGES = "1.0.0.0,1.0.0.255,AU\n1.0.1.0,1.0.3.255,cn\n8.8.8.0,8.8.8.255,US\n2001:4860::,2001:4860:ffff::,US\n"


@pytest.mark.req("R084")
@pytest.mark.parametrize(
    ("ip", "country"),
    [
        ("1.0.0.0", "AU"),
        ("1.0.0.255", "AU"),
        ("1.0.1.0", "CN"),
        ("1.0.4.0", None),
        ("8.8.8.8", "US"),
        ("::ffff:8.8.8.8", "US"),
        ("2001:4860:4860::8888", "US"),
        ("2a00::1", None),
        ("10.0.0.1", None),
        ("192.168.1.1", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_an_address_has_the_country_of_its_range(ip: str, country: str | None, tmp_path: Path) -> None:
    (tmp_path / "ranges.csv").write_text(RANGES)

    assert read_countries(tmp_path / "ranges.csv").of([ip, ip]) == [country, country]


def test_a_file_without_ranges_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ranges.csv").write_text("hello,world\n")

    with pytest.raises(CountriesUnreadable, match="holds no ranges"):
        read_countries(tmp_path / "ranges.csv")


def test_the_data_that_comes_with_stoa_says_of_what_day_it_is() -> None:
    known = default_countries()
    if known is None:
        pytest.skip("the assets are not built")

    assert (len(known.vintage), known.of(["8.8.8.8", "130.225.1.1", "127.0.0.1"])) == (8, ["US", "DK", None])
