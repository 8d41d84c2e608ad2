"""Tags that every room's templates may use: icons, covers, colonnades, figures."""

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Protocol

from django import template
from django.template import RequestContext
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from stoa.site.queries.stencils import drawn
from stoa.site.rules import colonnade as pillars_in_a_row
from stoa.site.rules.covers.address import address_of, panorama_address
from stoa.site.rules.preferences import look_of

register = template.Library()

# Icons that point somewhere turn round where one reads from right to left; play and numbers don't.
POINTING = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "corner-down-right",
        "list",
        "list-checks",
        "log-out",
        "panel-left",
        "reply",
        "send",
        "text-search",
    }
)


class Subject(Protocol):
    """An area of knowledge and the landscape that stands for it."""

    landscape: str


class CourseLike(Protocol):
    """What a cover is drawn from. `landscape` may stand on the course itself or on its subject."""

    slug: str
    subject: Subject | None
    weeks: int | None


class Account(Protocol):
    """Somebody signed in, as the header shows them."""

    display_name: str
    email: str
    is_staff: bool

    @property
    def initials(self) -> str: ...

    @property
    def unread_notices(self) -> int: ...


_PLACES = re.compile("@(?:name|address|initials|csrf)@")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite, drawn in the colour of the text. Words stand beside it: it says nothing aloud."""
    classes = "icon" + (" icon-s" if size == "small" else "") + (" turn" if name in POINTING else "")
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("vendor/icons.svg"), name
    )


@register.simple_tag
def kept(template: str, **values: Hashable) -> SafeString:
    """A piece that depends on nothing but the language and these values: drawn once in a process, then kept."""
    return drawn(template, **values)


@register.simple_tag(takes_context=True)
def menu(context: RequestContext, person: Account) -> SafeString:
    """What the account's menu offers."""
    return menu_of(person, str(context.get("csrf_token", "")))


def menu_of(person: Account, csrf: str) -> SafeString:
    """The bell and the menu, rendered once for all, with each one's own words put in."""
    own = {"@name@": person.display_name, "@address@": person.email, "@initials@": person.initials or "·"}
    # One pass, so that nobody's name can stand for another place.
    shown = {place: escape(words) for place, words in own.items()} | {"@csrf@": csrf}
    menu = drawn("site/partials/_menu.html", is_staff=person.is_staff)
    bell = drawn("site/partials/_bell.html", unread=person.unread_notices)
    return mark_safe(bell + _PLACES.sub(lambda found: shown[found[0]], menu))  # noqa: S308 -- escaped above


@register.simple_tag(takes_context=True)
def cover(context: RequestContext, course: CourseLike, size: str = "") -> SafeString:
    """The view from the porch that belongs to a course; `size` is empty, "thumb" or "first" (not lazy)."""
    slug, landscape, weeks = course.slug, _landscape(course), course.weeks
    return _picture(
        context,
        day=address_of(slug, landscape, weeks, night=False),
        night=address_of(slug, landscape, weeks, night=True),
        size=size,
    )


@register.simple_tag(takes_context=True)
def view(context: RequestContext, slug: str, landscape: str, weeks: int, size: str = "") -> SafeString:
    """A cover that belongs to no course: for empty and error pages."""
    return _picture(
        context,
        day=address_of(slug, landscape, weeks, night=False),
        night=address_of(slug, landscape, weeks, night=True),
        size=size,
    )


@register.simple_tag(takes_context=True)
def panorama(context: RequestContext) -> SafeString:
    """The wide view that stands on the catalogue from edge to edge."""
    return _picture(context, day=panorama_address(night=False), night=panorama_address(night=True), size="panorama")


@register.simple_tag
def frieze(course: CourseLike) -> SafeString:
    """The band of figures of a course's cover; it stays light, as paper does."""
    address = address_of(course.slug, _landscape(course), course.weeks, night=False)
    return format_html('<img class="frieze" src="{}" alt="" width="480" height="240" loading="lazy">', address)


@register.simple_tag
def colonnade(pillars: Sequence[pillars_in_a_row.Pillar], label: str, size: str = "") -> SafeString:
    """Progress as pillars. `label` says the same in words; `size` is empty, "small" or "tall"."""
    return format_html(
        '<svg class="colonnade{}" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        {"small": " colonnade-s", "tall": " colonnade-t"}.get(size, ""),
        max(pillars_in_a_row.width(pillars), pillars_in_a_row.PILLAR),
        pillars_in_a_row.HEIGHT,
        label,
        mark_safe(pillars_in_a_row.shapes(pillars)),  # noqa: S308 -- numbers and fixed words only
    )


def _landscape(course: CourseLike) -> str:
    own: str = getattr(course, "landscape", "")
    if own:
        return own
    subject: Subject | None = getattr(course, "subject", None)
    return subject.landscape if subject else ""


def _picture(context: RequestContext, *, day: str, night: str, size: str) -> SafeString:
    """One picture where the visitor chose a theme, else the one that the device's theme asks for."""
    request = context.get("request")
    theme = look_of(request.COOKIES).theme if request else ""
    source = "" if theme else format_html('<source srcset="{}" media="(prefers-color-scheme: dark)">', night)
    classes = {"thumb": "cover cover-thumb", "panorama": "panorama"}.get(size, "cover")
    wide, high = (1440, 340) if size == "panorama" else (480, 240)
    return format_html(
        '<picture class="{}">{}<img src="{}" alt="" width="{}" height="{}"{}></picture>',
        classes,
        source,
        night if theme == "dark" else day,
        wide,
        high,
        "" if size in {"first", "panorama"} else mark_safe(' loading="lazy"'),
    )
