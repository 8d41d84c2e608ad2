"""What `stoa peer-review score` says: as JSON, as a table, as the story of one score."""

import re
from collections.abc import Iterator

import numpy as np

from stoa.peer_review.rules.scoring.estimator import Estimate
from stoa.peer_review.rules.scoring.explanation import Explanation
from stoa.peer_review.rules.scoring.values import FULL, Model, Score
from stoa.peer_review.rules.tables.contents import AnchorTable
from stoa.peer_review.rules.tables.reading import Fault

Json = dict[str, str | int | float]
# A scale whose end nobody comes near is probably another scale.
_FAR_BELOW = 0.25
_DIGITS = 4


def as_json(
    found: Estimate, in_reviews: tuple[Fault, ...], in_anchors: tuple[Fault, ...], *, out_of: float
) -> dict[str, Json | list[Json]]:
    """Scores on the table's scale, what the reviews as a whole say, and what was set aside."""
    scale = out_of / FULL
    scores, counts = found.official, found.marks.reviews.tolist()
    columns = [np.round(values * scale, _DIGITS).tolist() for values in (scores.score, scores.low, scores.high)]
    return {
        "scores": [
            {"submission": name, "score": score, "low": low, "high": high, "reviews": count}
            for name, score, low, high, count in zip(found.marks.submissions, *columns, counts, strict=True)
        ],
        "model": {name: round(value, _DIGITS) for name, value in _in_scale(found.model, scale).items()},
        "set_aside": [
            {"table": table, "line": fault.line, "why": fault.why}
            for table, faults in (("reviews", in_reviews), ("anchors", in_anchors))
            for fault in faults
        ],
    }


def as_text(found: Estimate, *, out_of: float) -> str:
    """A line per submission, then how the scores came about."""
    scale = out_of / FULL
    rows = [("submission", "score", "90 % interval", "reviews", "reviewers say", "likeliest")]
    rows += [
        (
            one.submission,
            _number(one.score * scale),
            f"{_number(one.low * scale)} to {_number(one.high * scale)}",
            str(one.reviews),
            _number(one.peers * scale),
            _number(one.likeliest * scale),
        )
        for one in _in_order(found.outcome.scores)
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    table = "\n".join(
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    return f"{table}\n\n{_story(found.model, scale)}"


def notes(found: Estimate, staff: AnchorTable, *, highest: float, out_of: float, needed: int) -> Iterator[str]:
    """What the user should know about his tables as a whole."""
    known = set(found.marks.submissions)
    if unknown := sorted({name for name in staff.submissions if name not in known}, key=_naturally):
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""  # noqa: PLR2004 -- names enough to find them
        yield f"anchors without a review in the table say nothing and are left out: {', '.join(unknown[:3])}{more}"
    if 0 < found.model.anchors < needed:
        yield f"anchors so far speak for their own work only; from {needed} on they tell how high all reviewers mark"
    if highest <= _FAR_BELOW * FULL:
        yield (
            f"no score is above {_number(highest * out_of / FULL)} of {out_of:g}: "
            "if the scale ends lower, say where with --out-of"
        )


def why(told: Explanation, found: Estimate, *, out_of: float) -> str:
    """The story of one score: each review's part, staff's, and what one more review would do."""
    scale = out_of / FULL
    one = next(score for score in found.outcome.scores if score.submission == told.submission)
    reviews = "review" if one.reviews == 1 else "reviews"
    head = f"{_spread(one.score, one.low, one.high, scale)}, from {one.reviews} {reviews}"
    parts = "\n".join(f"  {line}" for line in _parts(told, scale))
    more = "\n".join(
        f"  {_number(more.points * scale):>6} given: {_spread(more.score, more.low, more.high, scale)}"
        for more in told.next
    )
    return f"{told.submission}: {head}\n\n{parts}\n\nOne more review by a usual reviewer would make it:\n{more}"


def _parts(told: Explanation, scale: float) -> Iterator[str]:
    for part in told.reviews:
        usual = _high_or_low(part.usual * scale)
        yield (
            f"{part.rater} gave {_number(part.points * scale)}, usually marks {usual}; "
            f"has {part.share:.0%} of the say and moves the score by {part.moves * scale:+.1f}"
        )
    if told.staff is not None:
        yield f"staff gave {_number(told.staff * scale)}, which moves the score by {told.staff_moves * scale:+.1f}"
    if told.leniency:
        yield f"all reviewers together mark {_high_or_low(told.leniency * scale)}, which is taken off"
    yield f"the other work draws the score by {told.drawn * scale:+.1f}: the fewer reviews, the more"


def _spread(score: float, low: float, high: float, scale: float) -> str:
    return f"{_number(score * scale)} ({_number(low * scale)} to {_number(high * scale)})"


def _story(model: Model, scale: float) -> str:
    shown = {name: _number(value) for name, value in _in_scale(model, scale).items()}
    if model.leniency:
        anchors = (
            f"Staff's {model.anchors} anchors show that all reviewers together mark "
            f"{_high_or_low(model.leniency * scale)} (give or take {shown['leniency_sd']}); every mark was corrected."
        )
    else:
        anchors = "Too few anchors by staff tell how high all reviewers together mark; nothing was corrected for it."
    return f"""How the scores came about
  The mean is {shown["mean"]}. Work differs by {shown["truth_sd"]} (standard deviation), reviewers' leniency by \
{shown["bias_sd"]}, and a
  mark scatters by {shown["noise_sd"]}; {model.evidence:.0%} of that is from these reviews, the rest is assumed.
  {anchors}
  A score is half way between what the reviewers say (marks without each reviewer's leniency, steady reviewers
  counting more) and the likeliest truth (which also knows the other work). Intervals are widened {model.widening:.2f} \
times."""


def _in_scale(model: Model, scale: float) -> dict[str, float]:
    return {
        "mean": model.mean * scale,
        "truth_sd": model.truth_sd * scale,
        "bias_sd": model.bias_sd * scale,
        "noise_sd": model.noise_sd * scale,
        "evidence": model.evidence,
        "leniency": model.leniency * scale,
        "leniency_sd": model.leniency_sd * scale,
        "anchors": model.anchors,
        "widening": model.widening,
    }


def _in_order(scores: tuple[Score, ...]) -> list[Score]:
    """As people count: s2 before s10."""
    return sorted(scores, key=lambda one: _naturally(one.submission))


def _naturally(name: str) -> list[tuple[int, int, str]]:
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def _high_or_low(points: float) -> str:
    if abs(points) < 0.05:  # noqa: PLR2004 -- one decimal is shown
        return "as all do"
    return f"{abs(points):.1f} {'high' if points > 0 else 'low'}"


def _number(points: float) -> str:
    return f"{points:.1f}"
