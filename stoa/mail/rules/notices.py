"""A mail as a notice on the site: the same words, without what only a mail needs at its end."""

import re
from typing import NamedTuple

_END = "\n--\n"


class Said(NamedTuple):
    """What a mail says, and why one gets it."""

    body: str
    why: str


def said(text: str) -> Said:
    """The words of a mail without its end, and the first line of the end, which says why one gets it."""
    body, _, end = text.rpartition(_END) if _END in text else (text, "", "")
    return Said(body=body.strip(), why=end.strip().split("\n")[0])


def without_link(body: str, address: str) -> str:
    """The words without the line that is only the address where one acts: the notice has a button for it."""
    lines = [line for line in body.split("\n") if not address or line.strip() != address]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def link_in(text: str, site: str) -> str:
    """The first place of this site that the words name, as a path; empty where they name none."""
    found = re.search(rf"(?<!\S){re.escape(site)}(/[^/\s]\S*)", text)
    return found[1][:500] if found else ""
