"""Tables that every reader can follow: even rows, no overlapping cells, headings with words."""

from stoa.coursedoc.rendering.trees import Node

_CELLS = frozenset({"td", "th"})
_TOO_MUCH = frozenset({"div", "h1", "h2", "h3", "h4", "h5", "h6"})
_WIDEST = 100
Rows = list[Node]
Sections = list[tuple[str, Rows]]


def mended(table: Node, label: str) -> list[Node | str]:
    """The table in a region that scrolls by itself, behind whatever stood in it outside of cells."""
    strays, caption, sections = _taken_apart(table)
    if not sections:
        return [*strays, *(Node("p", {}, caption.children) for caption in [caption] if caption)]
    _even_out(sections)
    _mend_headings([cell for _, rows in sections for row in rows for cell in row.elements()])
    whole = Node("table", table.attributes, [Node(tag, {}, [*rows]) for tag, rows in sections])
    around = {"class": "scroll-x", "tabindex": "0"}
    if caption:
        caption.attributes["id"] = label
        whole.children.insert(0, caption)
        around |= {"role": "group", "aria-labelledby": label}
    return [*strays, Node("div", around, [whole])]


def _taken_apart(table: Node) -> tuple[list[Node | str], Node | None, Sections]:
    strays: list[Node | str] = []
    caption: Node | None = None
    sections: Sections = []
    for child in table.children:
        if isinstance(child, str):
            strays += [child] if child.strip() else []
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows = [row for row in child.elements() if row.tag == "tr" and _cells(row)]
            sections += [(child.tag, rows)] if rows else []
        elif child.tag == "caption" and not caption and not any(one.tag in _TOO_MUCH for one in child.walk()):
            caption = child
        else:
            strays.append(Node("div", {}, child.children) if child.tag == "caption" else child)
    return strays, caption, _in_order(sections)


def _cells(row: Node) -> Rows:
    row.children = [cell for cell in row.elements() if cell.tag in _CELLS]
    return list(row.elements())


def _in_order(sections: Sections) -> Sections:
    """One head, first; one foot, last; all else is body."""
    last = len(sections) - 1
    fitting = {"thead": 0, "tfoot": last}
    return [(tag if fitting.get(tag, n) == n else "tbody", rows) for n, (tag, rows) in enumerate(sections)]


def _even_out(sections: Sections) -> None:
    filled = [_fill(rows) for _, rows in sections]
    width = max(max(counts) for counts, _, _ in filled)
    begun = set().union(*(begins for _, begins, _ in filled))
    if width > _WIDEST or len(begun) < width or any(overlap for _, _, overlap in filled):
        _single_cells(sections)
        filled = [_fill(rows) for _, rows in sections]
        width = max(max(counts) for counts, _, _ in filled)
    for (_, rows), (counts, _, _) in zip(sections, filled, strict=True):
        for row, count in zip(rows, counts, strict=True):
            row.children += [Node("td") for _ in range(width - count)]


def _fill(rows: Rows) -> tuple[list[int], set[int], bool]:
    """How many columns each row fills, the columns where a cell begins, and whether cells overlap."""
    taken: list[set[int]] = [set() for _ in rows]
    begun: set[int] = set()
    overlap = False
    for n, row in enumerate(rows):
        column = 0
        for cell in row.elements():
            while column in taken[n]:
                column += 1
            across, down = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", len(rows) - n)
            begun.add(column)
            for one in taken[n : n + down]:
                overlap = overlap or not one.isdisjoint(range(column, column + across))
                one.update(range(column, column + across))
    return [len(one) for one in taken], begun, overlap


def _span(cell: Node, name: str, most: int) -> int:
    written = cell.attributes.pop(name, "").strip()
    span = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1  # noqa: PLR2004 -- no table is so wide
    span = min(max(span, 1), most)
    if span > 1:
        cell.attributes[name] = str(span)
    return span


def _single_cells(sections: Sections) -> None:
    for _, rows in sections:
        for row in rows:
            for cell in row.elements():
                cell.attributes.pop("colspan", None)
                cell.attributes.pop("rowspan", None)


def _mend_headings(cells: Rows) -> None:
    """A heading without words, or above nothing, is a plain cell."""
    nothing_below = all(cell.tag == "th" for cell in cells)
    for cell in cells:
        scope = cell.attributes.pop("scope", "").lower()
        if nothing_below or not cell.can_be_said():
            cell.tag = "td"
        elif cell.tag == "th" and scope in {"row", "col"}:
            cell.attributes["scope"] = scope
