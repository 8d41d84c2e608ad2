"""Invented people: a population whose members register for one or more runs."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from stoa.insights.engine.demo.runs import AREAS

Numbers = NDArray[np.int64]

#: Countries with the weights of their learners; "" is a country that nobody said.
COUNTRIES = (
    ("US", 27.0), ("IN", 14.0), ("GB", 5.4), ("BR", 4.6), ("CA", 3.9), ("ES", 3.1), ("CN", 3.0), ("MX", 2.6),
    ("AU", 2.5), ("DE", 2.5), ("RU", 2.2), ("FR", 2.0), ("CO", 2.0),
    ("NG", 1.9), ("EG", 1.8), ("PK", 1.7), ("GR", 1.5), ("KE", 1.2),
    ("UA", 1.2), ("PH", 1.2), ("PL", 1.1), ("TR", 1.1), ("ID", 1.1), ("BD", 1.0), ("VN", 0.9), ("PE", 0.9), ("AR", 0.8),
    ("NL", 0.8), ("IT", 0.8), ("JP", 0.8), ("ZA", 0.8), ("SG", 0.7), ("MA", 0.6), ("GH", 0.6), ("ET", 0.5), ("IR", 0.5),
    ("SA", 0.5), ("CL", 0.5), ("KR", 0.5), ("SE", 0.4), ("NP", 0.4), ("TZ", 0.3), ("LK", 0.3), ("RW", 0.2), ("SN", 0.2),
    ("BO", 0.2), ("IS", 0.1), ("MT", 0.1), ("", 3.1),
)  # fmt: skip
GENDERS = (("m", 0.55), ("f", 0.36), ("o", 0.02), ("", 0.07))
EDUCATION = (
    ("el", 0.01),
    ("jhs", 0.04),
    ("hs", 0.24),
    ("a", 0.06),
    ("b", 0.31),
    ("m", 0.19),
    ("p", 0.04),
    ("other", 0.02),
    ("", 0.09),
)
#: Ages at registration: youngest and oldest of a band, its share. A share of people says none.
AGES = (
    (10, 12, 0.01),
    (13, 17, 0.05),
    (18, 24, 0.28),
    (25, 34, 0.32),
    (35, 44, 0.14),
    (45, 54, 0.1),
    (55, 64, 0.07),
    (65, 80, 0.03),
)
SAID_NO_AGE = 0.12
TEACHERS = (("now", 0.19), ("was", 0.13), ("never", 0.48), ("", 0.2))
INTENTS = (("certificate", 0.36), ("some", 0.15), ("browse", 0.1), ("unsure", 0.04), ("", 0.35))
BORN_BEFORE = 2014


@dataclass(frozen=True, kw_only=True)
class People:
    """A population; each array has one entry a person, indices into the lists above."""

    country: Numbers
    gender: Numbers
    education: Numbers
    year_of_birth: Numbers  # 0 where not said
    teacher: Numbers
    subject: Numbers  # index of AREAS: what teachers teach
    ability: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.country)

    def drawn_to(self, area: int) -> NDArray[np.float64]:
        """How much each is drawn to an area: computing draws men and the young, health women, each its own teachers."""
        weight = np.ones(len(self))
        women, men = self.gender == 1, self.gender == 0
        young = self.year_of_birth > BORN_BEFORE - 30
        if area <= 1:
            weight *= np.where(men, 1.4, 0.7) * np.where(young, 1.3, 0.8)
        if area >= 3:  # noqa: PLR2004 -- health, society, arts
            weight *= np.where(women, 1.5, 0.7)
        return np.asarray(weight * np.where((self.subject == area) & (self.teacher < 2), 2.0, 1.0))  # noqa: PLR2004 -- now or was


def people(count: int, rng: Generator) -> People:
    """So many of them."""
    band = _pick([(str(i), share) for i, (_, _, share) in enumerate(AGES)], count, rng)
    youngest, oldest = np.array([(low, high) for low, high, _ in AGES]).T
    age = rng.integers(youngest[band], oldest[band] + 1)
    born = np.where(rng.random(count) < SAID_NO_AGE, 0, BORN_BEFORE - age)
    return People(
        country=_pick(COUNTRIES, count, rng),
        gender=_pick(GENDERS, count, rng),
        education=_pick(EDUCATION, count, rng),
        year_of_birth=born,
        teacher=_pick(TEACHERS, count, rng),
        subject=rng.integers(0, len(AREAS), count),
        ability=rng.normal(0, 1, count),
    )


def registrants(population: People, area: int, count: int, rng: Generator) -> Numbers:
    """Who registers for a run: so many different people, by how much they are drawn to its area."""
    keys = rng.exponential(size=len(population)) / population.drawn_to(area)
    count = min(count, len(population))
    return np.sort(np.argpartition(keys, count - 1)[:count])


def _pick(choices: tuple[tuple[str, float], ...] | list[tuple[str, float]], count: int, rng: Generator) -> Numbers:
    shares = np.array([share for _, share in choices])
    return rng.choice(len(shares), size=count, p=shares / shares.sum())
