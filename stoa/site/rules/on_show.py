"""What the styleguide shows: colours, and invented courses, people and figures."""

from dataclasses import dataclass

COLOURS = (
    ("paper", "#f8f6f1", "#0f171b"),
    ("surface", "#ffffff", "#172228"),
    ("sunk", "#efece3", "#212e35"),
    ("ink", "#15222a", "#e9eeef"),
    ("ink-2", "#4c5960", "#a8b5bb"),
    ("line", "#dedacf", "#2c3a42"),
    ("ctl", "#7a8387", "#82919a"),
    ("sea", "#0b5a70", "#7fcbdc"),
    ("sea-soft", "#dcebee", "#143844"),
    ("sun", "#e3a32a", "#efb84c"),
    ("sun-soft", "#fbefd3", "#372b12"),
    ("leaf", "#1d6a45", "#82d4a4"),
    ("leaf-soft", "#e0f0e5", "#15321f"),
    ("clay", "#a5322a", "#ff9f94"),
    ("clay-soft", "#fae7e3", "#41201c"),
)
WEEKS = (
    (6, 9, 12, 8, 12),
    (10, 18, 10, 15, 9),
    (9, 21, 12, 11, 31),
    (13, 11, 17, 10),
    (8, 21, 15, 15, 39),
    (12, 9, 18, 27),
)
STEPS_DONE = 12


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A step of the colonnade on show."""

    minutes: float
    state: str
    new_week: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A course on show: enough for its cover."""

    slug: str
    landscape: str
    weeks: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a figure on show."""

    name: str = ""
    caption: str = ""
    figure: str = ""
    of: str = ""
    why: str = ""
    when: str = ""
    state: str = ""
    label: str = ""
    share: int = 0
    chosen: bool = False
    spark: str = ""
    url: str = ""


COVERS = (
    Shown(slug="first-steps-python", landscape="computing", weeks=6),
    Shown(slug="reading-data-well", landscape="data", weeks=5),
    Shown(slug="clean-water-at-home", landscape="health", weeks=4),
    Shown(slug="learning-that-lasts", landscape="education", weeks=7),
    Shown(slug="cities-by-night", landscape="society", weeks=5),
    Shown(slug="forest-edges", landscape="ecology", weeks=8),
    Shown(slug="arabic-for-neighbours", landscape="languages", weeks=6),
    Shown(slug="proofs-without-fear", landscape="data", weeks=5),
    Shown(slug="first-aid", landscape="health", weeks=3),
)


def pillars() -> list[Pillar]:
    """A course of six weeks, seen in its third."""
    minutes = [(minute, at == 0) for week in WEEKS for at, minute in enumerate(week)]
    states = ["done"] * STEPS_DONE + ["here"] + ["todo"] * (len(minutes) - STEPS_DONE - 1)
    return [
        Pillar(minutes=minute, state=state, new_week=first)
        for (minute, first), state in zip(minutes, states, strict=True)
    ]


FACTS = (
    Row(figure="4.2 h", caption="a week, measured"),
    Row(figure="31 %", caption="certified of 4,182"),
    Row(figure="9 h", caption="wait for a review"),
)
HONEST = (
    Row(name="Hours a week", figure="4.2", why="Median of those who earned the credential; middle half 3.1 to 6.0."),
    Row(name="Earned the credential", figure="31 %", why="1,296 of 4,182 participants."),
    Row(
        name="Wait for a peer review",
        figure="9 h",
        why="Median; 9 in 10 within 31 h.",
    ),
    Row(name="Open faults", figure="2", why="One caption out of step, one dead link. Oldest: 4 days."),
    Row(name="First answer in the peer forum", why="Counted from the first twenty questions."),
)
STAGES = (
    Row(name="Submit", when="Fri 20 Nov, 18:12", state="done"),
    Row(name="Review three", when="by Tue 24 Nov, 21:00", state="now"),
    Row(name="Self-review", when="2 minutes", state="later"),
    Row(name="Score", when="by Fri 27 Nov, 21:00", state="later"),
)
BARS = (
    Row(label="India", share=96, figure="141,200"),
    Row(label="United States", share=80, figure="118,400"),
    Row(label="Nigeria", share=63, figure="92,700"),
    Row(label="Kenya", share=57, figure="84,210", chosen=True),
)
KPIS = (
    Row(
        name="Registered",
        figure="84,210",
        of="+6.1 % on the weeks before",
        spark="0,24 20,20 40,21 60,14 80,11 100,2",
    ),
    Row(name="Participants", figure="46,315", of="55 % of registered", spark="0,26 20,19 40,22 60,12 80,14 100,4"),
    Row(name="Earned the credential", figure="31 %", of="14,357 of 46,315", spark="0,14 20,20 40,10 60,12 80,6 100,2"),
    Row(
        name="Measured hours",
        figure="22.4",
        of="median",
        spark="0,8 20,10 40,7 60,12 80,12 100,13",
    ),
)
MESSAGE = {
    "initials": "MS",
    "tone": "sun",
    "here": True,
    "name": "Mwajuma S.",
    "time": "19:43",
    "accepted": True,
    "html": "It computes count - 1, and then throws the result away. Give it back to the name.",
}
