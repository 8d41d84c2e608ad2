"""Which words of a mail a notice shows, and where it leads."""

from stoa.mail.rules.notices import link_in, said, without_link

SITE = "http://localhost:8000"
TEXT = f"Work waits for you.\n\n{SITE}/courses/poems/runs/1/assignments/counter/\n\nIt takes half an hour."


def test_words_without_the_end_that_only_a_mail_needs() -> None:
    assert said("Hello.\n\n--\nYou asked.\nStoa: http://x") == ("Hello.", "You asked.")
    assert said("Hello.") == ("Hello.", "")
    assert without_link(TEXT, f"{SITE}/courses/poems/runs/1/assignments/counter/") == (
        "Work waits for you.\n\nIt takes half an hour."
    )


def test_only_this_site_is_a_place_to_act() -> None:
    assert link_in(TEXT, SITE) == "/courses/poems/runs/1/assignments/counter/"
    assert link_in(f"{SITE}//evil.example/", SITE) == ""
    assert link_in("https://evil.example/courses/", SITE) == ""
