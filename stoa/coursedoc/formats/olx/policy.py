"""Policies: settings beside the course that beat its attributes, and settings that pass downwards."""

import re
from collections.abc import Mapping

from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import Json, as_json, as_text, listing, mapping, number, plain, whole, word
from stoa.coursedoc.model import ScorePart, ScoreScheme

INHERITED = (
    "start", "due", "graded", "graceperiod", "showanswer", "show_correctness", "rerandomize", "max_attempts",
    "show_reset_button", "visible_to_staff_only", "hide_from_toc", "group_access", "self_paced",
    "attempts_before_showanswer_button",
)  # fmt: skip  # a table, read by its rows

ROUNDING = 0.001
INHERITED_MARK = "inherited:"


def apply_policies(root: Node, source: Source) -> None:
    """Let the policies beat the attributes, then pass down what passes down."""
    policies = _policies(root, source)
    for node in root.walk():
        node.attributes.update(policies.get(f"{node.tag}/{node.name}", {}))
    pass_down(root, {})


def _policies(root: Node, source: Source) -> dict[str, dict[str, str]]:
    for place in (f"policies/{root.name}/policy.json", f"policies/{root.name}.json", "policies/policy.json"):
        if place not in source:
            continue
        told = as_json(source.text_of(place))
        if not isinstance(told, dict):
            source.report(place, "It is not JSON that can be read; it was left out.", "Correct it, or export again.")
            continue
        return {
            key.replace("i4x://", ""): {name: as_text(value) for name, value in mapping(settings).items()}
            for key, settings in told.items()
        }
    return {}


def pass_down(node: Node, inherited: dict[str, str]) -> None:
    """Give every element what those above it set. Passed settings carry a mark, so that they are not taken for own."""
    own = {name: node.attributes[name] for name in INHERITED if node.attributes.get(name) is not None}
    below = inherited | own
    for name, value in inherited.items():
        if name not in own:
            node.attributes[INHERITED_MARK + name] = value
    for child in node.children:
        pass_down(child, below)


def setting(node: Node, name: str) -> str | None:
    """A setting of an element, its own or passed down."""
    own = node.attributes.get(name)
    return own if own is not None else node.attributes.get(INHERITED_MARK + name)


def score_scheme(root: Node, source: Source) -> ScoreScheme:
    """How the scores add up, from the grading policy."""
    for place in (f"policies/{root.name}/grading_policy.json", "grading_policy.json"):
        if place in source:
            return _scheme(source, place)
    return ScoreScheme()


def _scheme(source: Source, place: str) -> ScoreScheme:
    told = mapping(as_json(source.text_of(place)))
    if not told:
        source.report(place, "It is not JSON that can be read; the course has no score scheme.", "Correct it.")
        return ScoreScheme()
    parts = [_part(mapping(entry)) for entry in listing(told.get("GRADER"))]
    levels = [(name, _share(value)) for name, value in mapping(told.get("GRADE_CUTOFFS")).items()]
    levels.sort(key=lambda level: -level[1])
    passing = min((share for _, share in levels if share > 0), default=ScoreScheme().passing)
    return ScoreScheme(parts=_adding_to_one(parts, source, place), passing=passing, levels=tuple(levels))


def _share(value: object) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0


def _part(entry: Mapping[str, Json]) -> ScorePart:
    texts = {name: as_text_of(value) for name, value in entry.items()}
    return ScorePart(
        name=plain(texts.get("type")),
        weight=_share(entry.get("weight")),
        short=plain(texts.get("short_label")),
        count=whole(texts.get("min_count")),
        drop=max(0, whole(texts.get("drop_count")) or 0),
    )


def as_text_of(value: object) -> str:
    """A setting as words; nothing where it is a list or an object."""
    return word(value) if isinstance(value, str | int | float) else ""


def _adding_to_one(parts: list[ScorePart], source: Source, place: str) -> tuple[ScorePart, ...]:
    total = sum(part.weight for part in parts)
    if not parts or abs(total - 1) < ROUNDING:
        return tuple(parts)
    problem = f"The weights of the score's parts add up to {round(total, 4)}, not to 1; they were scaled."
    source.report(place, problem, "Correct the weights.")
    if total <= 0:
        return tuple(_weighted(part, 1 / len(parts)) for part in parts)
    return tuple(_weighted(part, round(part.weight / total, 6)) for part in parts)


def _weighted(part: ScorePart, weight: float) -> ScorePart:
    return ScorePart(name=part.name, weight=weight, short=part.short, count=part.count, drop=part.drop)


def check_scheme(scheme: ScoreScheme, lessons: set[str], source: Source) -> None:
    """Say which parts of the score have no lesson, and which lessons count for a part that is not there."""
    names = {part.name for part in scheme.parts}
    for name in sorted(names - lessons):
        source.report("grading_policy.json", f"No lesson counts for the part “{name}”.", "Name it in a lesson.")
    for name in sorted(lessons - names):
        source.report("grading_policy.json", f"Lessons count for “{name}”, which is no part of the score.", "Add it.")


def hours_of(text: str) -> float | None:
    """Hours a week in words such as `3-5 hours/week` or `4:00`: the middle of what is said."""
    clock = re.search(r"\b(\d{1,2}):(\d{2})\b", text)
    if clock:
        return int(clock[1]) + int(clock[2]) / 60
    found = [value for value in map(number, re.findall(r"\d+(?:\.\d+)?", text)) if value is not None]
    return sum(found[:2]) / len(found[:2]) if found else None
