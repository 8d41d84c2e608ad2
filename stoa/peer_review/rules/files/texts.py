"""Texts and notebooks: readable as Unicode, without what a notebook says of its writer."""

import codecs
import json

from stoa.peer_review.rules.files.unreadable import Unreadable

_NOTEBOOK_KEPT = ("kernelspec", "language_info")


def text(data: bytes) -> bytes:
    """The text in UTF-8.

    Raises Unreadable where it is in no Unicode.
    """
    return _decoded(data).encode()


def notebook(data: bytes) -> bytes:
    """A notebook without authors, widgets and paths in what it says of itself.

    Raises Unreadable.
    """
    try:
        told = json.loads(_decoded(data))
        cells = told["cells"]
        about = told.get("metadata", {})
        told["metadata"] = {name: about[name] for name in _NOTEBOOK_KEPT if name in about}
        for cell in cells:
            cell["metadata"] = {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("It is no notebook that can be opened. Save it again as .ipynb.") from error
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        found = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("Its characters can't be read. Save it as UTF-8 text.") from error
    if "\0" in found:
        raise Unreadable("It is no text. Save it as UTF-8 text.")
    return found
