"""Credentials that a source holds by mistake: never stored, shown or logged."""

import re

from stoa.coursedoc.formats.olx.values import Json, as_json, as_text

SECRET = re.compile(
    r"passw(or)?d|passphrase|secret|xqa_key|lti_passports|lti_1p3_.*key|api_?key|private_?key|access_?key"
    r"|consumer_?key|client_?key|auth_?token|access_?token|bearer|^token$|credentials?$",
    re.IGNORECASE,
)
PAIR = re.compile(r"(?i)^\s*[\w.-]*(passw(or)?d|secret|api_?key|token)[\w.-]*\s*=")
EMPTY = {"", "null", "[]", "{}", '""', "false", "true", "none"}


def is_secret(name: str) -> bool:
    """Whether a setting of this name holds a credential."""
    return bool(SECRET.search(name))


def holds_secret(name: str, value: str) -> bool:
    """Whether a setting is a credential that somebody has filled in."""
    return is_secret(name) and value.strip().lower() not in EMPTY


def without_secrets(value: str) -> str:
    """A JSON text without the credentials in it; other texts as they are."""
    if not value.lstrip().startswith(("{", "[")):
        return value
    told = as_json(value)
    if told is None:
        return value
    cleaned = _cleaned(told)
    return value if cleaned == told else as_text(cleaned)


def _cleaned(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items() if not is_secret(name)}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value if not (isinstance(inner, str) and PAIR.match(inner))]
    return value
