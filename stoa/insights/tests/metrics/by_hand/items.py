"""Videos, problems and answers by hand."""

from collections import Counter, defaultdict
from statistics import StatisticsError, correlation, pvariance

from stoa.insights.engine.kinds import Kind
from stoa.insights.tests.metrics.by_hand.seen import Cell, Row, Rows, Seen, quantile, share, whole
from stoa.insights.tests.metrics.warehouses import Event

MOVES = (Kind.PLAY, Kind.PAUSE, Kind.SEEK, Kind.STOP)
SEGMENT, LONGEST = 5_000, 4 * 3_600_000
Stretches = dict[tuple[int, int], dict[int, list[tuple[int, int]]]]


def stretches(seen: Seen) -> Stretches:
    """Course and video → learner → from where to where they watched."""
    moves: dict[tuple[int, int, int], list[Event]] = defaultdict(list)
    for event in seen.acts():
        if event.kind in MOVES and event.object >= 0:
            moves[event.course, event.object, event.learner].append(event)
    found: Stretches = defaultdict(dict)
    for (course, video, learner), events in moves.items():
        some = [stretch for place in range(len(events) - 1) if (stretch := stretch_of(events, place))]
        if some:
            found[course, video][learner] = some
    return found


def stretch_of(events: list[Event], place: int) -> tuple[int, int] | None:
    now, then = events[place], events[place + 1]
    before = events[place - 1] if place else None
    if now.kind not in {Kind.PLAY, Kind.SEEK} or then.kind not in {Kind.PAUSE, Kind.SEEK, Kind.STOP}:
        return None
    start = now.b if now.kind == Kind.SEEK else now.a
    if now.kind == Kind.PLAY and before and before.kind == Kind.SEEK and before.b >= 0:
        start = before.b
    return (start, then.a) if 0 <= start < then.a <= start + LONGEST else None


def video_segment(seen: Seen) -> Rows:
    rows: Rows = []
    for (course, video), watched in stretches(seen).items():
        views, viewers = Counter[int](), Counter[int]()
        for some in watched.values():
            each = [set(range(start // SEGMENT, (stop - 1) // SEGMENT + 1)) for start, stop in some]
            views.update(part for parts in each for part in parts)
            viewers.update(set().union(*each))
        for segment in range(segments(seen, course, video, max(views) + 1)):
            told = {"viewers": viewers[segment], "views": views[segment], "replays": views[segment] - viewers[segment]}
            rows.append({**seen.ids(course, video), "video": seen.world.objects[video], "segment": segment, **told})
    return rows


def segments(seen: Seen, course: int, video: int, reached: int) -> int:
    length = seen.block(course, video).get("duration_ms")
    return max(reached, -(-whole(length) // SEGMENT) if length is not None else 0)


def video(seen: Seen) -> Rows:
    counted = {"plays": Kind.PLAY, "pauses": Kind.PAUSE, "seeks": Kind.SEEK, "failures": Kind.MEDIA_FAILED}
    acts = [event for event in seen.opened() if event.kind in counted.values()]
    parts, watched, rows = video_segment(seen), stretches(seen), Rows()
    for course, number in sorted({(event.course, event.object) for event in acts}):
        mine = [event for event in acts if (event.course, event.object) == (course, number)]
        seconds = watched.get((course, number), {})
        whose = [whole(row["viewers"]) for row in parts if (row["course"], row["object"]) == (course, number)]
        size = len(whose) or segments(seen, course, number, 0)
        rows.append(
            {
                **seen.ids(course, number),
                "video": seen.world.objects[number],
                "title": seen.block(course, number).get("title") or None,
                "viewers": len({event.learner for event in mine if event.kind == Kind.PLAY}),
                **{name: sum(event.kind == kind for event in mine) for name, kind in counted.items()},
                "watchers": len(seconds),
                "segments": size or None,
                "segments_watched": sum(whose),
                "watched_of_video": share(sum(whose), len(seconds) * size),
                "hours_watched": sum(stop - start for some in seconds.values() for start, stop in some) / 3_600_000,
            }
        )
    return rows


def tries(seen: Seen) -> dict[tuple[int, int], dict[int, list[bool]]]:
    """Course and problem → learner → whether each answer was right."""
    found: dict[tuple[int, int], dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for event in seen.acts():
        if event.kind == Kind.CHECK and event.object >= 0:
            found[event.course, event.object][event.learner].append(event.flag == 1)
    return found


def problem(seen: Seen) -> Rows:
    answers, rows = tries(seen), Rows()
    shown: dict[tuple[int, int], set[int]] = defaultdict(set)
    for event in seen.opened():
        if event.kind == Kind.ANSWER_SHOWN:
            shown[event.course, event.object].add(event.learner)
    for course, number in sorted({*answers, *shown}):
        mine = answers.get((course, number), {})
        all_of_it = [right for some in mine.values() for right in some]
        needed = [some.index(True) + 1 for some in mine.values() if True in some]
        first, solved = sum(some[0] for some in mine.values()), len(needed)
        rows.append(
            {
                **seen.ids(course, number),
                "problem": seen.world.objects[number],
                "title": seen.block(course, number).get("title") or None,
                "learners": len(mine),
                "attempts": len(all_of_it),
                "correct": sum(all_of_it),
                "first_correct": first,
                "solved": solved,
                "shown": len(shown[course, number]),
                "p": share(first, len(mine)),
                "solved_of_learners": share(solved, len(mine)),
                "correct_of_attempts": share(sum(all_of_it), len(all_of_it)),
                "attempts_to_correct": quantile(needed, 50),
                "discrimination": discrimination(answers, course, number),
            }
        )
    return rows


def discrimination(answers: dict[tuple[int, int], dict[int, list[bool]]], course: int, number: int) -> float | None:
    mine = answers.get((course, number), {})
    others = [some for (where, other), some in answers.items() if where == course and other != number]
    here = [float(some[0]) for some in mine.values()]
    there = [float(sum(some[learner][0] for some in others if learner in some)) for learner in mine]
    try:
        return correlation(here, there)
    except StatisticsError:
        return None


def reliability(seen: Seen) -> Rows:
    answers, rows = tries(seen), Rows()
    for course in sorted({course for course, _ in answers}):
        items = [some for (where, _), some in answers.items() if where == course]
        everyone = {learner for some in items for learner in some}
        diligent = [one for one in everyone if 2 * sum(one in some for some in items) >= len(items)]
        right = [[int(some[one][0]) if one in some else 0 for one in diligent] for some in items]
        alpha = None
        if len(items) > 1 and diligent and (spread := pvariance([sum(column) for column in zip(*right, strict=True)])):
            alpha = len(items) / (len(items) - 1) * (1 - sum(pvariance(one) for one in right) / spread)
        rows.append({**seen.ids(course), "problems": len(items), "learners": len(diligent), "alpha": alpha})
    return rows


def answer(seen: Seen) -> Rows:
    given: dict[tuple[Cell, ...], list[Row]] = defaultdict(list)
    for row in seen.world.statements.get("statements/answers", []):
        if (row["course"], row["learner"]) not in seen.team():
            given[tuple(row[name] for name in ("course", "learner", "object", "part"))].append(row)
    found: dict[tuple[Cell, ...], list[tuple[Row, bool, bool]]] = defaultdict(list)
    for some in given.values():
        some.sort(key=lambda row: (whole(row["t"]), whole(row["seq"])))
        for place, told in enumerate(some):
            key = tuple(told[name] for name in ("course", "object", "part", "variant", "answer", "correct"))
            found[key].append((told, place == 0, place == len(some) - 1))
    return [
        {
            **seen.ids(whole(course), whole(number)),
            "problem": seen.world.objects[whole(number)],
            "part": part,
            "question": max((str(row["question"]) for row, _, _ in some if row["question"] is not None), default=None),
            "variant": variant,
            "answer": words,
            "choice": max(str(row["choice"]) for row, _, _ in some),
            "correct": correct,
            "first": sum(first for _, first, _ in some),
            "last": sum(last for _, _, last in some),
            "times": len(some),
        }
        for (course, number, part, variant, words, correct), some in found.items()
    ]
