"""Quantiles as numpy's and R's default has them (linear), from whole numbers with one division."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

QUARTILES: Mapping[str, tuple[int, int]] = {"q1": (1, 4), "median": (1, 2), "q3": (3, 4)}


def quantiles(
    table: ir.Table, by: Sequence[str], value: str, *, asked: Mapping[str, tuple[int, int]], unit: int
) -> ir.Table:
    """One row a group: each asked quantile, a fraction of two whole numbers, of a column of whole numbers.

    Engines interpolate each in its own way, which differs in the last bit; this does not.
    """
    known = table.filter(table[value].notnull()).select(*by, value=table[value].cast("int64"))
    order = ibis.window(group_by=list(by), order_by="value")
    ranked = known.mutate(
        turn=ibis.row_number().over(order), n=known.value.count().over(ibis.window(group_by=list(by)))
    )
    places = {}
    for name, (above, below) in asked.items():
        reach = above * (ranked.n - 1)
        places[f"{name}_low"] = (reach // below).cast("int64")
        places[f"{name}_rest"] = reach % below
    placed = ranked.mutate(**places)
    picked = {}
    for name in asked:
        low, high = placed[f"{name}_low"], ibis.least(placed[f"{name}_low"] + 1, placed.n - 1)
        picked[f"{name}_low"] = (placed.turn == low).ifelse(placed.value, None).max()
        picked[f"{name}_high"] = (placed.turn == high).ifelse(placed.value, None).max()
        picked[f"{name}_rest"] = placed[f"{name}_rest"].max()
    found = placed.group_by(list(by)).agg(n=placed.count(), **picked)
    answers = {
        name: (
            found[f"{name}_low"] * (below - found[f"{name}_rest"]) + found[f"{name}_high"] * found[f"{name}_rest"]
        ).cast("float64")
        / float(below * unit)
        for name, (_, below) in asked.items()
    }
    return found.select(*by, "n", **answers)
