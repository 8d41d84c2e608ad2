"""Notices on a page: the same that mails say."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice: sea promises, sun is here and now, leaf is well, clay needs a person."""

    kind: str
    icon: str
    title: Words
    text: Words = ""
    link: str = ""
    link_text: Words = ""
