"""Patterns that need more than one pass run in a process of their own, which a clock kills."""

import json
import logging
import subprocess
import sys
from typing import Final

from stoa.assessment.rules.wording import NotLinear, linear

log = logging.getLogger(__name__)

SECONDS: Final = 1.0
_LONGEST: Final = 4_000
_FOUND: Final = 10
_CHILD: Final = f"""
import json, re, sys
pattern, text, sensitive = json.load(sys.stdin)
sys.exit({_FOUND} if re.search(pattern, text, 0 if sensitive else re.IGNORECASE) else 0)
"""


def matches(pattern: str, text: str, case_sensitive: bool) -> bool:  # noqa: FBT001 -- a Matcher
    """Whether the pattern is found, by the linear engine where it can; what takes too long is not found."""
    try:
        return linear(pattern, text, case_sensitive)
    except NotLinear:
        return _alone(pattern[:_LONGEST], text, case_sensitive=case_sensitive)


def _alone(pattern: str, text: str, *, case_sensitive: bool) -> bool:
    try:
        child = subprocess.run(  # noqa: S603 -- our own interpreter, our own few lines
            [sys.executable, "-I", "-S", "-c", _CHILD],
            input=json.dumps([pattern, text, case_sensitive]).encode(),
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("A pattern of a quiz took more than %s s and counts as not found: %.80r", SECONDS, pattern)
        return False
    if child.returncode not in {0, _FOUND}:
        log.warning("A pattern of a quiz can't be read and counts as not found: %.80r", pattern)
    return child.returncode == _FOUND
