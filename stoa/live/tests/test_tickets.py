from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.live.tickets import TicketRefused, live_address, ticket_for, topics_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_a_ticket_opens_what_it_was_made_for(topics: list[str]) -> None:
    assert topics_of(ticket_for(topics, at=NOON), at=NOON) == tuple(topics)


@given(st.integers(min_value=0), st.characters(codec="ascii"))
def test_a_changed_ticket_opens_nothing(place: int, letter: str) -> None:
    ticket = ticket_for(["import-7"], at=NOON)
    place %= len(ticket)
    changed = ticket[:place] + letter + ticket[place + 1 :]

    if changed != ticket:
        with pytest.raises(TicketRefused):
            topics_of(changed, at=NOON)


def test_a_ticket_ends() -> None:
    ticket = ticket_for(["import-7"], at=NOON, lasts=timedelta(hours=1))

    with pytest.raises(TicketRefused):
        topics_of(ticket, at=NOON + timedelta(hours=1, seconds=1))


@pytest.mark.parametrize(
    ("host", "secure", "url", "address"),
    [
        ("localhost:8000", False, "", "http://localhost:8001/?ticket=T"),
        ("127.0.0.1:8000", False, "", "http://127.0.0.1:8001/?ticket=T"),
        ("learn.example.org", True, "", "https://learn.example.org:8001/?ticket=T"),
        ("[::1]", False, "", "http://[::1]:8001/?ticket=T"),
        ("[::1]:8000", False, "", "http://[::1]:8001/?ticket=T"),
        ("learn.example.org", True, "https://learn.example.org/live/", "https://learn.example.org/live/?ticket=T"),
    ],
)
def test_a_page_listens_where_it_came_from(host: str, secure: bool, url: str, address: str) -> None:
    assert live_address("T", host=host, secure=secure, port=8001, url=url) == address
