"""Items of a step, from its lines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from stoa.coursedoc import canonical, model
from stoa.coursedoc.canonical import Json, NotCanonical
from stoa.coursedoc.formats.markdown import fields, notation
from stoa.coursedoc.formats.markdown.bodies import KINDS
from stoa.coursedoc.formats.markdown.naming import Names
from stoa.coursedoc.formats.markdown.notation import Block, Chunk, Heading
from stoa.coursedoc.formats.markdown.quizzes import NotAQuiz
from stoa.coursedoc.formats.markdown.troubles import Troubles
from stoa.coursedoc.formats.markdown.yamls import NotReadable
from stoa.coursedoc.model.items import Item

_BLOCKS = sorted([*KINDS, "item", "pool", "variants"])
_DEEPEST = 8


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads the items of one step."""

    names: Names
    troubles: Troubles
    depth: int = 0

    def items(self, found: list[Chunk | Heading | Block]) -> tuple[Item, ...]:
        """The items that the words and blocks make; words alone make a reading."""
        return tuple(item for piece in found for item in self._item(piece))

    def _item(self, piece: Chunk | Heading | Block) -> Iterator[Item]:
        if isinstance(piece, Chunk):
            yield model.Reading(id=self.names.next("reading"), text=model.Text(source=piece.text()))
        elif isinstance(piece, Block) and (item := self._block(piece)):
            yield item

    def _block(self, block: Block) -> Item | None:
        place, line = block.body.place, block.line
        if not block.closed:
            self.troubles.fault(
                f"The block `{block.kind}` is not closed.",
                "End it with a line of as many colons.",
                place=place,
                line=line,
            )
            return None
        try:
            return self._any(block)
        except NotAQuiz as error:
            line, problem = line + 1 + error.line, str(error)
        except NotReadable as error:
            line, problem = line + error.line, f"This is not readable: {error}."
        except (ValueError, RecursionError) as error:
            problem = str(error)
        self.troubles.fault(problem, "docs/course-format.md shows how.", place=place, line=line)
        return None

    def _any(self, block: Block) -> Item:
        if block.kind == "item":
            return canonical.from_values(Item, json.loads("\n".join(block.body.lines)))
        if block.kind in {"pool", "variants"}:
            return self._pool(block) if block.kind == "pool" else self._variants(block)
        if block.kind not in KINDS:
            raise NotCanonical(f"No block is called {block.kind!r}. Known: {', '.join(_BLOCKS)}.")
        kind = KINDS[block.kind]
        values = self._head(kind.makes, block) | kind.read(block.body) | dict(kind.fixed)
        if "markup" in block.head.attributes:
            values |= {name: {"html": values[name]} for name in ("text",) if name in values}
        return canonical.from_values(kind.makes, values)

    def _head(self, makes: type[Item], block: Block) -> dict[str, Json]:
        attributes = {
            name: value for name, value in block.head.attributes.items() if (name, value) != ("markup", "html")
        }
        found: dict[str, Json] = {"id": block.head.id or self.names.next(block.kind)}
        if block.head.title:
            found["title"] = block.head.title
        return found | fields.read(makes, attributes)

    def _deeper(self, body: Chunk) -> tuple[Item, ...]:
        if self.depth >= _DEEPEST:
            raise NotCanonical("Blocks are nested too deep here. Take some out of their pools.")
        inner = Reader(names=self.names, troubles=self.troubles, depth=self.depth + 1)
        return inner.items([piece for piece in notation.pieces(body) if not isinstance(piece, Heading)])

    def _pool(self, block: Block) -> Item:
        pool = canonical.from_values(model.Pool, self._head(model.Pool, block))
        return model.Pool(**{**vars(pool), "items": self._deeper(block.body)})

    def _variants(self, block: Block) -> Item:
        whole = canonical.from_values(model.Variants, self._head(model.Variants, block))
        inside = [one for one in notation.pieces(block.body) if isinstance(one, Block)]
        if any(one.kind != "variant" or not one.closed for one in inside):
            raise NotCanonical("Only closed blocks `variant` stand in `variants`.")
        arms = tuple(
            model.Variant(id=one.head.id or f"{whole.id}-{n}", name=one.head.title, items=self._deeper(one.body))
            for n, one in enumerate(inside, 1)
        )
        return model.Variants(**{**vars(whole), "variants": arms})
