"""Regions of the world and the least developed countries, as the United Nations group them.

Source: UN Statistics Division, standard M49 (sub-regions; intermediate regions for Africa south of the Sahara and for
Latin America); list of least developed countries of the UN Committee for Development Policy, December 2024.
Kosovo and Taiwan, which M49 has no rows of their own for, stand with their neighbours.
"""

from typing import Final

_MEMBERS: Final = {
    "Northern Africa": "DZ EG LY MA SD TN EH",
    "Eastern Africa": "IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW",
    "Middle Africa": "AO CM CF TD CG CD GQ GA ST",
    "Southern Africa": "BW SZ LS NA ZA",
    "Western Africa": "BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG",
    "Caribbean": "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI",
    "Central America": "BZ CR SV GT HN MX NI PA",
    "South America": "AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE",
    "Northern America": "BM CA GL PM US",
    "Central Asia": "KZ KG TJ TM UZ",
    "Eastern Asia": "CN HK MO KP JP MN KR TW",
    "South-eastern Asia": "BN KH ID LA MY MM PH SG TH TL VN",
    "Southern Asia": "AF BD BT IN IR MV NP PK LK",
    "Western Asia": "AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE",
    "Eastern Europe": "BY BG CZ HU PL MD RO RU SK UA",
    "Northern Europe": "AX DK EE FO FI GG IS IE IM JE LV LT NO SJ SE GB",
    "Southern Europe": "AL AD BA HR GI GR VA IT MT ME MK PT SM RS SI ES XK",
    "Western Europe": "AT BE FR DE LI LU MC NL CH",
    "Australia and New Zealand": "AU CX CC HM NZ NF",
    "Melanesia": "FJ NC PG SB VU",
    "Micronesia": "GU KI MH FM NR MP PW UM",
    "Polynesia": "AS CK PF NU PN WS TK TO TV WF",
    "Antarctica": "AQ",
}
_CONTINENTS: Final = {
    "Africa": ("Northern Africa", "Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa"),
    "Americas": ("Caribbean", "Central America", "South America", "Northern America"),
    "Asia": ("Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
    "Antarctica": ("Antarctica",),
}

#: Country (ISO 3166 alpha-2) → sub-region.
REGIONS: Final = {country: region for region, members in _MEMBERS.items() for country in members.split()}
#: Sub-region → continent.
CONTINENTS: Final = {region: continent for continent, regions in _CONTINENTS.items() for region in regions}
_LEAST_DEVELOPED: Final = (
    "AF AO BD BJ BF BI KH CF TD KM CD DJ ER ET GM GN GW HT KI LA LS LR MG MW ML MR MZ MM NP NE RW SN SL SB SO SS SD TL "
    "TG TV UG TZ YE ZM"
)
#: The 44 least developed countries.
LEAST_DEVELOPED: Final = frozenset(_LEAST_DEVELOPED.split())


def region(country: str | None) -> str | None:
    """The sub-region of a country, None where the country is not known."""
    return REGIONS.get((country or "").upper())


def continent(country: str | None) -> str | None:
    """The continent of a country, None where the country is not known."""
    found = region(country)
    return CONTINENTS[found] if found else None
