"""Texts that stand beside the lessons: about the course, its instructors, its pages."""

from stoa.authoring.actions.parts import Renderer
from stoa.coursedoc.model import Course


def side_texts(course: Course, renderer: Renderer) -> dict[str, str]:
    """Their HTML by name."""
    texts = {"about": course.about}
    texts |= {f"instructor:{place}": instructor.about for place, instructor in enumerate(course.instructors)}
    texts |= {f"page:{page.id}": page.text for page in course.pages if not page.hidden}
    return {name: html for name, text in texts.items() if (html := renderer.html(text))}
