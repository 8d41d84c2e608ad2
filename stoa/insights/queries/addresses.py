"""Addresses of boards: the choice stands in them, so that a view can be shared, kept and gone back to."""

from dataclasses import dataclass
from urllib.parse import urlencode

from stoa.insights.rules.dimensions import Choice, Dimension, View

HOME = "/insights/"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a board stands, and who looks at it."""

    path: str = HOME
    view: View = View.PUBLIC
    rest: tuple[tuple[str, str], ...] = ()
    """What else the address says, such as how a chart is drawn."""
    home: str = HOME
    """The board that the page belongs to: its figures stand below it."""
    held: tuple[Dimension, ...] = ()
    """What the board's own place says already, so that the address does not."""
    always: tuple[tuple[str, str], ...] = ()
    """What all addresses of this board say: the runs of a course that are looked at."""

    def to(self, choice: Choice, *, path: str = "") -> str:
        """The address of this board, or of another page, under a choice."""
        view = [] if self.view is View.PUBLIC else [("view", self.view.value)]
        pairs = [(name, key) for name, key in choice.pairs() if name not in self.held]
        always = () if path == HOME else self.always
        query = urlencode([*always, *pairs, *view, *([] if path else self.rest)])
        return f"{path or self.path}?{query}" if query else path or self.path

    def toggled(self, choice: Choice, dimension: Dimension, key: str) -> str:
        """The address after a click on a bar, a slice or a country."""
        return self.to(choice.toggled(dimension, key))

    def figure(self, name: str, choice: Choice, *, form: str = "") -> str:
        """The page of a figure, or its file of a form: csv, json, svg."""
        return self.to(choice, path=f"{self.home}figures/{name}{f'.{form}' if form else '/'}")
