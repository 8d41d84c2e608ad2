"""What learners write in Markdown, as safe HTML."""

from stoa.coursedoc.model import Text
from stoa.coursedoc.rendering import render


def safe_html(markdown: str) -> str:
    """The words as readers see them; pictures of other sites are links, so that no reader calls another site."""
    return render(Text(source=markdown), links=_outside) if markdown.strip() else ""


def _outside(link: str) -> str | None:
    return link if link.startswith(("https://", "http://")) else None
