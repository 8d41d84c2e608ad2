"""Runs, networks, areas and people by hand."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from statistics import median

from stoa.insights.engine.metrics.registry.course import COURSE
from stoa.insights.tests.metrics.by_hand.seen import Cell, Row, Rows, Seen, quantile, share, whole

AREA_COUNTS = (
    *("participants", "certified", "gender_said", "female", "age_said", "under_35", "country_known", "outside_us"),
    *("education_said", "bachelor_or_more"),
)


def paths(seen: Seen) -> list[list[Row]]:
    """Each learner's participations, in the order of their first acts."""
    each: dict[Cell, list[Row]] = defaultdict(list)
    for row in seen.people:
        if row["viewed"] and row["first_event"] is not None:
            each[row["learner"]].append(row)
    return [sorted(some, key=lambda row: (whole(row["first_event"]), str(row["course_id"]))) for some in each.values()]


def edges(seen: Seen, of: str) -> Rows:
    following, later = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for path in paths(seen):
        names = [str(row[of] or "") for row in path]
        following.update(pairwise(names))
        later.update(combinations(names, 2))
    return [
        {"origin": pair[0], "target": pair[1], "next": following[pair], "later": count} for pair, count in later.items()
    ]


def network(seen: Seen) -> Rows:
    return edges(seen, "course_id")


def area_network(seen: Seen) -> Rows:
    return edges(seen, "area")


def area_balance(seen: Seen) -> Rows:
    """What does not come from shuffles; those have tests of their own."""
    flows = area_network(seen)
    areas = {str(row["area"] or "") for path in paths(seen) for row in path}
    rows: Rows = []
    for area in sorted(areas):
        sent = sum(whole(row["next"]) for row in flows if row["origin"] == area != row["target"])
        received = sum(whole(row["next"]) for row in flows if row["target"] == area != row["origin"])
        rows.append({"area": area, "sent": sent, "received": received, "net": sent - received, "shuffles": 999})
    return rows


def area(seen: Seen) -> Rows:
    names = sorted({str(row["area"] or "") for row in seen.people})
    told = {name: area_counts([row for row in seen.people if (row["area"] or "") == name]) for name in names}
    others = {name: area_counts([row for row in seen.people if (row["area"] or "") != name]) for name in names}
    ranked = sorted(names, key=lambda name: (-told[name]["participants"], name))
    return [
        {
            "area": name,
            "rank": rank,
            "courses": len({row["course"] for row in seen.people if (row["area"] or "") == name}),
            **told[name],
            **{f"{count}_rest": others[name][count] for count in AREA_COUNTS},
        }
        for rank, name in enumerate(ranked, start=1)
    ]


def area_counts(rows: list[Row]) -> dict[str, int]:
    here = [row for row in rows if row["viewed"]]
    return {
        "participants": len(here),
        "certified": sum(bool(row["certified"]) for row in rows),
        "gender_said": sum(row["gender"] is not None for row in here),
        "female": sum(row["gender"] == "f" for row in here),
        "age_said": sum(row["age"] is not None for row in here),
        "under_35": sum(row["age"] is not None and whole(row["age"]) < 35 for row in here),
        "country_known": sum(row["country"] is not None for row in here),
        "outside_us": sum(row["country"] not in {None, "US"} for row in here),
        "education_said": sum(row["education"] is not None for row in here),
        "bachelor_or_more": sum(row["education_group"] in {"bachelor", "master", "doctorate"} for row in here),
    }


def person(seen: Seen) -> Rows:
    rows: Rows = []
    for learner in sorted({whole(row["learner"]) for row in seen.people}):
        mine = [row for row in seen.people if row["learner"] == learner]
        rows.append(
            {
                "learner": learner,
                "username": seen.world.learners[learner],
                "courses": len(mine),
                "participated": sum(bool(row["viewed"]) for row in mine),
                "certificates": sum(bool(row["certified"]) for row in mine),
                "areas": len({row["area"] for row in mine if row["viewed"] and row["area"] is not None}),
                "nevents": sum(whole(row["nevents"]) for row in mine),
                "spent": sum(whole(row["sum_dt_30"]) for row in mine),
            }
        )
    return rows


def teachers(seen: Seen) -> Rows:
    rows: Rows = []
    for name in sorted({str(row["area"] or "") for row in seen.people}):
        mine = [row for row in seen.people if (row["area"] or "") == name]
        said = [row for row in mine if row["teacher"] is not None]
        taught = [row for row in said if row["teacher"] in {"now", "was"}]
        same = sum(row["teaches_area"] == name for row in taught)
        rows.append(
            {
                "area": name,
                "registered": len(mine),
                "said": len(said),
                "teachers": len(taught),
                "same_area": same,
                "said_of_registered": share(len(said), len(mine)),
                "teachers_of_said": share(len(taught), len(said)),
                "same_area_of_teachers": share(same, len(taught)),
            }
        )
    return rows


def typical(courses: list[Row]) -> Rows:
    rows: Rows = []
    for metric in COURSE:
        if metric.kind not in {"BIGINT", "INTEGER", "DOUBLE"} or metric.name in {"course", "start", "end"}:
            continue
        there = [row for row in courses if whole(row["registered"])]
        if metric.name == "certified_of_intenders":
            there = [row for row in there if whole(row["intenders"]) >= 20]
        known = [float(value) for row in there if isinstance(value := row[metric.name], int | float)]
        rows.append(
            {
                "metric": metric.name,
                "courses": len(known),
                "q1": quantile(known, 25),
                "median": median(known) if known else None,
                "q3": quantile(known, 75),
            }
        )
    return rows
