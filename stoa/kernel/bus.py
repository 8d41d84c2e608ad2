"""Carries facts from the room where they happened to the rooms above it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import TypeVar

from django.db import transaction

from stoa.kernel import tracking


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened; its name is a verb in the past tense."""

    def tracked(self) -> tracking.Tracked | None:
        """The fact in the tracking-log shape, or None where it is of no interest to Insights."""
        return None


F = TypeVar("F", bound=Fact)
_inside: dict[type[Fact], list[Callable[..., None]]] = defaultdict(list)
_after: dict[type[Fact], list[Callable[..., None]]] = defaultdict(list)


def when(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Listen inside the transaction of the cause: both are kept, or neither."""
    return _listen(_inside[kind])


def afterwards(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Listen once the cause is committed; a failure is logged and undoes nothing."""
    return _listen(_after[kind])


def publish(fact: Fact) -> None:
    """Tell the rooms above, now; spool the fact and tell the patient listeners at commit."""
    for listener in _inside[type(fact)]:
        listener(fact)
    if tracked := fact.tracked():
        transaction.on_commit(partial(tracking.keep, tracking.line(tracked)))
    for listener in _after[type(fact)]:
        # Django logs a failing callback by its name, which a bare partial has not.
        transaction.on_commit(update_wrapper(partial(listener, fact), listener), robust=True)


def _listen(listeners: list[Callable[..., None]]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    def register(listener: Callable[[F], None]) -> Callable[[F], None]:
        listeners.append(listener)
        return listener

    return register
