"""Days, steps and weeks by hand."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from itertools import pairwise

from stoa.insights.engine.kinds import FORUM, VIDEO, Kind
from stoa.insights.tests.metrics.by_hand.seen import Cell, Row, Rows, Seen, quantile, share, whole
from stoa.insights.tests.metrics.warehouses import DAY, MINUTE, Event

WEEK = 7 * DAY


def on(t: Cell) -> date:
    """The day of a moment, in UTC."""
    return datetime.fromtimestamp(whole(t) // 1_000_000, tz=UTC).date()


def by_day(seen: Seen) -> dict[tuple[int, int, int], list[tuple[Event, int | None]]]:
    """Course, learner and day → acts, each with the gap before it."""
    each: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in seen.acts():
        each[event.course, event.learner].append(event)
    found: dict[tuple[int, int, int], list[tuple[Event, int | None]]] = defaultdict(list)
    for (course, learner), acts in each.items():
        gaps = [None, *(later.t - earlier.t for earlier, later in pairwise(acts))]
        for event, gap in zip(acts, gaps, strict=True):
            found[course, learner, event.t // DAY].append((event, gap))
    return found


def person_course_day(seen: Seen) -> Rows:
    return [
        {
            **seen.ids(course),
            "learner": learner,
            "username": seen.world.learners[learner],
            "day": on(acts[0][0].t),
            "nevents": len(acts),
            "nvideo": sum(event.kind in VIDEO for event, _ in acts),
            "nplay_video": sum(event.kind == Kind.PLAY for event, _ in acts),
            "nproblem_check": sum(event.kind == Kind.CHECK for event, _ in acts),
            "nforum_events": sum(event.kind in FORUM for event, _ in acts),
            **{
                f"sum_dt_{limit}": sum(gap for _, gap in acts if gap is not None and gap <= limit * MINUTE)
                for limit in (5, 30)
            },
        }
        for (course, learner, _), acts in by_day(seen).items()
    ]


def course_day(seen: Seen) -> Rows:
    rows: Rows = []
    for course in range(len(seen.world.courses)):
        people = [row for row in seen.people if row["course"] == course]
        acts = [event for event in seen.acts() if event.course == course]
        rows += [{**seen.ids(course), **row} for row in daily(people, acts)]
    return rows


def daily(people: list[Row], acts: list[Event]) -> Rows:
    came = Counter(on(row["start_time"]) for row in people if row["start_time"] is not None)
    got = Counter(on(row["cert_time"]) for row in people if row["certified"] and row["cert_time"] is not None)
    there = {(on(event.t), event.learner) for event in acts}
    active, events = Counter(day for day, _ in there), Counter(on(event.t) for event in acts)
    days = sorted({*came, *got, *active})
    return [
        {
            "day": day,
            "active": active[day],
            "nevents": events[day],
            "registered": came[day],
            "certified": got[day],
            "registered_so_far": sum(came[other] for other in days if other <= day),
            "certified_so_far": sum(got[other] for other in days if other <= day),
        }
        for day in days
    ]


def day(seen: Seen) -> Rows:
    first: dict[Cell, date] = {}
    for row in seen.people:
        if row["start_time"] is not None:
            came = on(row["start_time"])
            first[row["learner"]] = min(came, first.get(row["learner"], came))
    new = Counter(first.values())
    rows: Rows = []
    for row in daily(seen.people, seen.acts()):
        here = row["day"]
        assert isinstance(here, date)
        so_far = sum(count for came, count in new.items() if came <= here)
        rows.append({**row, "new_people": new[here], "people_so_far": so_far})
    return rows


def step(seen: Seen) -> Rows:
    rows: Rows = []
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for event in seen.opened():
        key = event.course, event.learner
        last[key] = max(last.get(key, (0, 0)), (event.t, event.object))
    away = {(row["course"], row["learner"]) for row in seen.people if gone(row) and away_for_a_week(row, seen)}
    for course in range(len(seen.world.courses)):
        opened = [event for event in seen.opened() if event.course == course]
        everybody = sum(bool(row["viewed"]) for row in seen.people if row["course"] == course)
        for number in sorted(
            {event.object for event in opened} | {whole(row["object"]) for row in seen.blocks(course)}
        ):
            told = seen.block(course, number)
            reached = len({event.learner for event in opened if event.object == number})
            stopped = sum(key in away and where == number for key, (_, where) in last.items() if key[0] == course)
            chapter = told.get("chapter", -1)
            further = {
                row["object"]
                for row in seen.blocks(course)
                if row["kind"] == told.get("kind") and whole(row["position"]) >= whole(told["position"])
            }
            so_far = len({event.learner for event in opened if event.object in further}) if told else None
            rows.append(
                {
                    **seen.ids(course, number),
                    "step": seen.world.objects[number],
                    "title": told.get("title") or None,
                    "kind": told.get("kind"),
                    "position": told.get("position"),
                    "chapter": seen.world.objects[whole(chapter)] if chapter != -1 else None,
                    "participants": everybody,
                    "reached": reached,
                    "reached_of_participants": share(reached, everybody),
                    "came_so_far": so_far,
                    "came_so_far_of_participants": None if so_far is None else share(so_far, everybody),
                    "stopped": stopped,
                    "stopped_of_reached": share(stopped, reached),
                }
            )
    return rows


def gone(row: Row) -> bool:
    return not (row["certified"] or row["satisfied"] == "yes" or row["exit_reason"] == "done")


def away_for_a_week(row: Row, seen: Seen) -> bool:
    return row["last_event"] is not None and seen.today - whole(row["last_event"]) >= WEEK


def attrition(seen: Seen) -> Rows:
    rows: Rows = []
    for course in range(len(seen.world.courses)):
        people = [row for row in seen.people if row["course"] == course and row["viewed"]]
        if not people:
            continue
        until = max(seen.today, *(whole(row["last_event"]) for row in people))
        passed = max((until - whole(row["first_event"])) // WEEK for row in people)
        longest = min(passed, max(8, *(stay(row) for row in people)))
        groups = [("all", "", people)]
        for split in ("intent", "exit_reason"):
            told = {row[split] or "unknown" for row in people}
            groups += [(split, str(one), [row for row in people if (row[split] or "unknown") == one]) for one in told]
        for split, words, some in groups:
            for week in range(longest + 1):
                counted = [row for row in some if (until - whole(row["first_event"])) // WEEK >= week]
                still = [row for row in counted if stay(row) >= week]
                left = [row for row in counted if stay(row) < week]
                lost = sum(gone(row) for row in left)
                rows.append(
                    {
                        **seen.ids(course),
                        "split": split,
                        "answer": words,
                        "week": week,
                        "participants": len(counted),
                        "still": len(still),
                        "content": len(left) - lost,
                        "gone": lost,
                        "fulfilled": sum(not gone(row) for row in counted),
                        "gone_of_participants": share(lost, len(counted)),
                    }
                )
    return rows


def stay(row: Row) -> int:
    return (whole(row["last_event"]) - whole(row["first_event"])) // WEEK


def pace(seen: Seen) -> Rows:
    spent = Counter[tuple[int, int, int]]()
    for (course, learner, number), acts in by_day(seen).items():
        facts = seen.facts(course)
        first = min(event.t for event in seen.acts() if (event.course, event.learner) == (course, learner))
        begins = (int(facts["start"]) if "start" in facts else first) // DAY
        within = sum(gap for _, gap in acts if gap is not None and gap <= 30 * MINUTE)
        if number >= begins and within:
            spent[course, (number - begins) // 7 + 1, learner] += within
    weeks = sorted({(course, week) for course, week, _ in spent})
    rows: Rows = []
    for course, week in weeks:
        some = [value for key, value in spent.items() if key[:2] == (course, week)]
        hours = seen.facts(course).get("hours_a_week")
        median, most = quantile(some, 50), quantile(some, 80)
        assert median is not None
        assert most is not None
        rows.append(
            {
                **seen.ids(course),
                "week": week,
                "learners": len(some),
                "hours_median": median / 3.6e9,
                "hours_p80": most / 3.6e9,
                "hours_planned": float(hours) if hours else None,
            }
        )
    return rows


def course_week(seen: Seen) -> Rows:
    rows: Rows = []
    days = by_day(seen)
    for course in range(len(seen.world.courses)):
        people = [row for row in seen.people if row["course"] == course and row["viewed"]]
        if not people:
            continue
        facts = seen.facts(course)
        began = (int(facts["start"]) if "start" in facts else min(whole(row["first_event"]) for row in people)) // DAY
        theirs = {row["learner"] for row in people}
        mine = {key[1:]: acts for key, acts in days.items() if key[0] == course and key[1] in theirs}
        last = max(day for _, day in mine)
        over = (seen.today // DAY - began) // 7
        for week in range(min(over, max(26, (last - began) // 7 + 1))):
            first, end = began + 7 * week, began + 7 * week + 7
            came = [row for row in people if whole(row["first_event"]) < end * DAY]
            spent = [gap for (_, day), acts in mine.items() if day < end for _, gap in acts]
            rows.append(
                {
                    **seen.ids(course),
                    "week": week + 1,
                    "participants": len(came),
                    "active": len({learner for learner, day in mine if first <= day < end}),
                    "still": sum(whole(row["last_event"]) >= first * DAY for row in came),
                    "certified": sum(
                        bool(row["certified"]) and whole(row["cert_time"]) < end * DAY
                        for row in people
                        if row["cert_time"] is not None
                    ),
                    "hours": sum(gap for gap in spent if gap is not None and gap <= 30 * MINUTE) / 3.6e9,
                }
            )
    return rows
