"""Texts of which nobody knows how they were written down."""

_BOM = b"\xef\xbb\xbf"
_BOMS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 400
_MANY = 0.3


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, UTF-8 whatever it declares; where it isn't, UTF-16 or Windows-1252 and a note."""
    encoding = _utf_16(data)
    if encoding:
        return data.decode(encoding, "replace"), ("It is written in UTF-16, not in UTF-8.",)
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ("It is not written in UTF-8; it was read as Windows-1252.",)


def _utf_16(data: bytes) -> str:
    """The kind of UTF-16, by its mark or by the zeros that stand in every second place; empty where it is none."""
    if data.startswith(_BOMS_OF_UTF_16):
        return "utf-16"
    sample = data[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) <= _MANY * len(sample) or min(first, second):
        return ""
    return "utf-16-le" if second > first else "utf-16-be"
