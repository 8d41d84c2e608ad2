"""From the fields of lines to what silver needs of each event."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.kinds import COURSEWARE, Kind
from stoa.insights.engine.reading.addresses import Asked, asked, asked_of_stoa
from stoa.insights.engine.reading.columns import Coded, Numbers, Words, alike, coded, member
from stoa.insights.engine.reading.event_types import kind_of_name
from stoa.insights.engine.reading.names import NEW_KEYS, course_key, object_key
from stoa.insights.engine.reading.payloads import Payloads, payloads
from stoa.insights.engine.warehouse.dictionaries import Learners, Names
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse


@dataclass(frozen=True, kw_only=True)
class Dictionaries:
    """Those that events need."""

    courses: Names
    learners: Learners
    objects: Names
    ips: Names

    @classmethod
    def of(cls, warehouse: Warehouse) -> "Dictionaries":
        """Those of the warehouse as it is."""
        folder, manifest = warehouse.folder, warehouse.snapshot().manifest
        return cls(
            courses=Names("dictionaries/courses", folder, manifest),
            learners=Learners(folder, manifest),
            objects=Names("dictionaries/objects", folder, manifest),
            ips=Names("dictionaries/ips", folder, manifest),
        )

    def keep(self, change: Change) -> None:
        """Let all new names be part of the change."""
        for names in (self.courses, self.learners, self.objects, self.ips):
            names.keep(change)


@dataclass(kw_only=True)
class Events:
    """Events as columns of silver, in the order in which they came, and the fields they came from."""

    fields: pa.Table
    t: Numbers
    kind: Numbers
    course: Numbers
    learner: Numbers
    object: Numbers
    chapter: Numbers
    a: Numbers
    b: Numbers
    flag: Numbers
    ip: Numbers


def events(con: duckdb.DuckDBPyConnection, fields: pa.Table, names: Dictionaries) -> Events:
    """What these fields say."""
    meaning = _Meaning(fields)
    told = payloads(con, fields["event"], meaning.kind, meaning.by_address)
    courses = meaning.courses(names.courses)
    learner = _learners(fields, names.learners)
    return Events(
        fields=fields,
        t=fields["t"].to_numpy(),
        kind=meaning.kind,
        course=courses,
        learner=learner,
        object=meaning.objects(told, names.objects),
        chapter=meaning.chapters(names.objects),
        a=told.a,
        b=told.b,
        flag=told.flag,
        ip=coded(fields["ip"]).each(names.ips.number),
    )


class _Meaning:
    """What types and addresses of a batch mean; each distinct one is looked at once."""

    def __init__(self, fields: pa.Table) -> None:
        self._words = Words()
        self._pages, self._referers = coded(fields["page"]), coded(fields["referer"])
        types, sources = coded(fields["event_type"]), coded(fields["event_source"])
        codes, rows = alike(types.codes, sources.codes)
        self._types = [types.at(row) for row in rows]
        self._course = self._course_of(fields, codes, meant := [_meant(types.at(r), sources.at(r)) for r in rows])
        self._here, first = alike(codes, np.where(_own_paths(self._types, meant)[codes], self._course, -1))
        self._meant = [
            _here(self._types[codes[row]], meant[codes[row]], self._words.text(int(self._course[row]))) for row in first
        ]
        self._names = [self._types[codes[row]] for row in first]
        self.kind = np.array([asked_for.kind for asked_for in self._meant], np.int64)[self._here]
        self.by_address = np.array([name.startswith("/") or "://" in name for name in self._names], bool)[self._here]

    def courses(self, names: Names) -> Numbers:
        """The course of each event."""
        codes, rows = alike(self._course)
        return np.array(names.numbers(self._words.text(int(self._course[row])) for row in rows), np.int64)[codes]

    def objects(self, told: Payloads, names: Names) -> Numbers:
        """The object of each event."""
        by_told = np.where(self.by_address, -1, told.told.codes)
        codes, rows = alike(self._here, by_told, self._course)
        return np.array(names.numbers(self._object(row, told.told) for row in rows), np.int64)[codes]

    def chapters(self, names: Names) -> Numbers:
        """The chapter that an address names, for events of courseware."""
        number = self._words.number
        own = np.array([number(asked_for.chapter) for asked_for in self._meant], np.int64)[self._here]
        page = self._pages.each(lambda address: number(asked(address).chapter))
        referer = self._referers.each(lambda address: number(asked(address).chapter))
        found = np.where(own >= 0, own, np.where(page >= 0, page, referer))
        found[~member(self.kind, COURSEWARE)] = -1
        codes, rows = alike(found)
        return np.array(names.numbers(self._words.text(int(found[row])) for row in rows), np.int64)[codes]

    def _course_of(self, fields: pa.Table, codes: Numbers, meant: Sequence[Asked]) -> Numbers:
        number = self._words.number
        told = coded(fields["course_id"]).each(lambda name: number(course_key(name)))
        by_type = np.array([number(asked_for.course) for asked_for in meant], np.int64)[codes]
        by_page = self._pages.each(lambda address: number(asked(address).course))
        return np.where(told >= 0, told, np.where(by_type >= 0, by_type, by_page))

    def _object(self, row: int, told: Coded) -> str:
        here = self._meant[int(self._here[row])]
        if self.by_address[row]:
            return here.object
        if here.kind is Kind.OTHER:
            return str(self._names[int(self._here[row])])[:200]
        return object_key(told.at(row), self._words.text(int(self._course[row])), here.kind)


def _meant(event_type: str, event_source: str) -> Asked:
    if event_type.startswith("/") or "://" in event_type:
        return asked(event_type)
    return Asked(kind=kind_of_name(event_type, event_source))


def _own_paths(types: Sequence[str], meant: Sequence[Asked]) -> Numbers:
    """Types that may be paths of Stoa, which do not name the course's key."""
    return np.array(
        [
            name.startswith("/courses/") and not asked_for.course.startswith(NEW_KEYS)
            for name, asked_for in zip(types, meant, strict=True)
        ],
        bool,
    )


def _here(event_type: str, meant: Asked, course: str) -> Asked:
    if event_type.startswith("/courses/") and course and meant.course != course:
        return asked_of_stoa(event_type, course)
    return meant


def _learners(fields: pa.Table, learners: Learners) -> Numbers:
    names, ids = coded(fields["username"]), coded(fields["user_id"])
    codes, rows = alike(names.codes, ids.codes)
    return np.array([learners.number(names.at(row), user_number(ids.at(row))) for row in rows], np.int64)[codes]


def user_number(told: str) -> int | None:
    """A user's id, None where this is none."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None  # noqa: PLR2004 -- fits BIGINT
