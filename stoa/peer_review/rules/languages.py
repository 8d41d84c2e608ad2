"""Which language a text is in. Only a child process imports this: the detector weighs 120 MB."""

import sys

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SURE = 0.8
SHORTEST = 20
"""Letters; what is shorter could be anything."""


def language_of(text: str) -> str:
    """The language as a BCP 47 tag; empty where it is not sure."""
    if sum(sign.isalpha() for sign in text) < SHORTEST:
        return ""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    language, share = identifier.classify(text)
    return str(language) if share >= SURE else ""


def main() -> None:
    """Read a text, write its language."""
    sys.stdout.write(language_of(sys.stdin.buffer.read().decode(errors="replace")))


if __name__ == "__main__":
    main()
