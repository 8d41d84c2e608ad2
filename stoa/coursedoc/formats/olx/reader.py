"""Reading an Open edX course or library into a course document."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stoa.coursedoc.formats.olx.assets import Assets
from stoa.coursedoc.formats.olx.census import census
from stoa.coursedoc.formats.olx.desk import Desk, title_of
from stoa.coursedoc.formats.olx.drafts import drafts, load_drafts, load_unlinked, unlinked
from stoa.coursedoc.formats.olx.facts import USED, Facts, beside, groups_of, key_of, language_of, slug_of
from stoa.coursedoc.formats.olx.ids import Ids, targets
from stoa.coursedoc.formats.olx.items import items
from stoa.coursedoc.formats.olx.languages import guessed
from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.links import CourseKey, Links
from stoa.coursedoc.formats.olx.markup import plain_words
from stoa.coursedoc.formats.olx.outline import module
from stoa.coursedoc.formats.olx.pages import announcements, page_ids, pages, unused
from stoa.coursedoc.formats.olx.policy import apply_policies, check_scheme, score_scheme
from stoa.coursedoc.formats.olx.source import Source, open_source
from stoa.coursedoc.formats.olx.tree import Loader, Node
from stoa.coursedoc.imported import Imported, Report
from stoa.coursedoc.model import Course, Draft, Lesson, Module, Pool, Reading, Step

ENGLISH = "en"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class _Trees:
    """The course, its drafts, and what nothing links to."""

    root: Node
    drafts: list[Node]
    unlinked: list[Node]
    ids: Ids


def read_olx(path: Path, *, work: Path, progress: Progress, limits: Limits | None = None) -> Imported:
    """The course at a path, a folder or an archive. Raises SourceRefused where it can't be read at all."""
    source = open_source(path, work=work, limits=limits or Limits(), progress=progress)
    trees = _trees(source)
    found = census(source)
    apply_policies(trees.root, source)
    desk = _desk(trees, source, key_of(trees.root, path.name.split(".")[0]))
    modules = _modules(trees.root, desk, progress) + unlinked(trees.unlinked, desk, trees.ids)
    unpublished = drafts(trees.drafts, trees.root, desk)
    course = _course(trees.root, desk, modules, unpublished)
    return Imported(course=course, files=desk.assets.files, report=_report(desk, found))


def _trees(source: Source) -> _Trees:
    loader, ids = Loader(source), Ids()
    root = loader.root()
    waiting = load_drafts(source)
    rest = load_unlinked(source, loader)
    for tree in (root, *rest):
        ids.assign(tree)
    for tree in waiting:
        ids.assign_draft(tree)
    return _Trees(root=root, drafts=waiting, unlinked=rest, ids=ids)


def _desk(trees: _Trees, source: Source, key: CourseKey) -> Desk:
    assets = Assets(source)
    links = Links(source, assets, key)
    for tree in reversed((trees.root, *trees.unlinked)):
        links.targets.update(targets(tree))
    links.pages = page_ids(trees.root, source)
    root = trees.root
    return Desk(
        source=source, assets=assets, links=links, language=language_of(root) or ENGLISH, groups=groups_of(root)
    )


def _modules(root: Node, desk: Desk, progress: Progress) -> tuple[Module, ...]:
    desk.mapped(root)
    if root.tag == "library":
        return (_library(root, desk),)
    made = []
    for n, child in enumerate(root.children, start=1):
        made.append(module(child, desk))
        progress("reading modules", n, len(root.children))
    return tuple(made)


def _library(root: Node, desk: Desk) -> Module:
    """A library as one module whose step is a pool of all that it has."""
    title = title_of(root, "Library")
    drawn = tuple(item for child in root.children for item in items(child, desk))
    pool = Pool(id=f"{root.id}-pool", title=title, items=drawn)
    step = Step(id=f"{root.id}-step", title=title, items=(pool,))
    lesson = Lesson(id=f"{root.id}-lesson", title=title, steps=(step,))
    return Module(id=f"{root.id}-module", title=title, lessons=(lesson,))


def _course(root: Node, desk: Desk, modules: tuple[Module, ...], unpublished: tuple[Draft, ...]) -> Course:
    facts, scheme = Facts(root, desk), score_scheme(root, desk.source)
    check_scheme(scheme, {lesson.part for one in modules for lesson in one.lessons} - {""}, desk.source)
    language = language_of(root) or _guessed_language(modules, root, desk)
    return Course(
        id=slug_of(desk.links.key),
        title=facts.title,
        organisation=desk.links.key.org,
        run=desk.links.key.run,
        language=language,
        summary=facts.summary,
        about=facts.overview,
        outcomes=facts.outcomes,
        weeks=facts.weeks,
        hours_a_week=facts.hours_a_week,
        self_paced=facts.self_paced,
        start=facts.start,
        end=facts.end,
        enrolment_start=facts.enrolment_start,
        enrolment_end=facts.enrolment_end,
        licence=facts.licence,
        image=facts.image,
        instructors=facts.instructors,
        scheme=scheme,
        modules=modules,
        pages=pages(root, desk),
        announcements=announcements(root, desk),
        drafts=unpublished,
        assets=desk.assets.documents(),
        kept=desk.kept(root, *USED) + beside(root, desk),
    )


def _guessed_language(modules: tuple[Module, ...], root: Node, desk: Desk) -> str:
    """By its words, since readers' machines pronounce and hyphenate a page by its language."""
    language = guessed(_words(modules)) or ENGLISH
    if language != ENGLISH:
        problem = f"The course doesn't say its language; by its words it is “{language}”."
        desk.source.report(root.place, problem, "Set its language.")
    return language


def _words(modules: tuple[Module, ...]) -> Iterator[str]:
    for one in modules:
        for part in one.lessons:
            yield part.title
            for made in part.steps:
                yield from (item.title for item in made.items)
                yield from (plain_words(item.text.source) for item in made.items if isinstance(item, Reading))


def _report(desk: Desk, found: Counter[str]) -> Report:
    spare = unused(desk.assets)
    if spare:
        problem = f"{spare} of {len(desk.assets.files)} files are linked from no text; they were kept."
        desk.source.report("static", problem, "Remove those that nobody needs.")
    return Report(elements=tuple(desk.elements), findings=tuple(desk.source.findings), found=dict(found))
