"""YAML as authors write it: texts, numbers, true and false; no dates, no `yes`, no anchors."""

import re
from collections.abc import Mapping
from typing import cast

import yaml

from stoa.coursedoc.canonical import Json

LONGEST = 500_000
"""Signs of one piece of YAML."""

# Line ends and marks that YAML would take for its own.
_ODD = re.compile("[\r\x85\u2028\u2029\ufeff]")


class NotReadable(ValueError):
    """The words can't be read; `line` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Takes words for texts wherever they could be meant as such: `no` is Norwegian, `2026-11-30` a text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise NotReadable("an alias (*) stands here; write the value out", self.line + 1)
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the dumper asks so
        return True


def _represent_text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    style = '"' if _ODD.search(data) else "|" if "\n" in data else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _represent_text)
_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^-?(?:[0-9]{1,18}\.[0-9]{1,18}(?:[eE][-+]?[0-9]{1,3})?|[0-9]{1,18}[eE][-+][0-9]{1,3})$"),
    list("-0123456789"),
)


def load(written: str) -> dict[str, Json]:
    """The values that the words name; an empty text names none."""
    if len(written) > LONGEST:
        raise NotReadable("this is too long", 1)
    try:
        found = yaml.load(written, Loader=_Loader)  # noqa: S506 -- a safe loader, only stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotReadable(error.problem or "this is not YAML", mark.line + 1 if mark else 1) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = error.line if isinstance(error, NotReadable) else 1
        raise NotReadable(str(error).partition("\n")[0], line) from error
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise NotReadable("this must be lines of `name: value`", 1)
    return cast("dict[str, Json]", found)


def dump(values: Mapping[str, Json]) -> str:
    """The values as YAML, in their order; nothing for none."""
    if not values:
        return ""
    return yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
