"""Persons' names as they are compared: one key for the spellings under which one name goes round."""

import re
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.names import key_of

# "Abdel Rahman", "Abdul-Rahman", "Abdulrahman", "Abd al-Rahman", "Abdurrahman": servant of, and one of the names.
_SERVANT = re.compile(r"\babd(?:[\s-]*(?:[aeu]l|u[rszn](?=[rszn])))?[\s-]*(?=[a-z]{3})")
_ENDINGS = ((re.compile(r"sk(?:yy|iy|yi|ii|ij|i|y)$"), "ski"), (re.compile(r"(?:[aeiou]?yy?|iy|ii|ei|ee)$"), "i"))
_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ph", "f"), ("q", "k"), ("ck", "k"))
_TWICE = re.compile(r"([a-z])\1")


def name_key(name: str) -> list[str]:
    """Return the words of a person's name as they are compared: spellings of one name have one key.

    Case, accents, hyphens, apostrophes and the articles al and el are left out.
    """
    plain = re.sub(r"[’'ʼ‘`´]", "", key_of(name))
    merged = _SERVANT.sub("abd", plain)
    words = [word.strip('.,"()') for word in re.split(r"[\s-]+", merged)]
    return [_spelling(word) for word in words if word and word not in ("al", "el")]


@cache
def _same() -> dict[str, str]:
    return {spelling: group[0] for group in lexicon("spellings")["same"] for spelling in group}


def _spelling(word: str) -> str:
    known = _same().get(word)
    if known is not None:
        return known
    for pattern, ending in _ENDINGS:
        word = pattern.sub(ending, word)
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = _TWICE.sub(r"\1", word)
    return word[:-1] if len(word) > 4 and word.endswith("h") and word[-2] in "aeiou" else word
