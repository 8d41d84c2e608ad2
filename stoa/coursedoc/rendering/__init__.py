"""Text to safe HTML, once, when a course is published."""

from stoa.coursedoc.rendering.elements import Links
from stoa.coursedoc.rendering.pipeline import plain, render

__all__ = ["Links", "plain", "render"]
