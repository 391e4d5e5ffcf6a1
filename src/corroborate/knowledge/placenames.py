"""Names of places as they are compared: one key for the spellings that transliteration and typesetting give a name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters that are not a letter and an accent to Unicode; of Arabic those that are written one for the other.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ъ": None, "ь": None,
     "ё": "е", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None}
)  # fmt: skip
_MARKS = re.compile(r"['’‘ʼʿʾʻ´`ʽ.“”\"]")
_BREAKS = re.compile(r"[\s\-‑–_/,]+")
# "Deir Ezzor" beside "Deir ez-Zor": the article written as one with what it stands before.
_GLUED_ARTICLE = re.compile(r"^[ea]([srztdn])\1(?=[a-z]{2})")
_DOUBLED = re.compile(r"([a-z])\1+")
# The Arabic article takes the first consonant of what it stands before (the "sun letters").
_SUN = {
    "ar": "r", "er": "r", "as": "s", "es": "s", "ash": "sh", "esh": "sh", "at": "t", "et": "t", "ad": "d", "ed": "d",
    "an": "n", "en": "n", "az": "z", "ez": "z", "ath": "th", "adh": "dh", "aş": "s", "aḑ": "d",
}  # fmt: skip
_SHORT = {
    "saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft",
    # What many Arabic names begin with: a mound, a spring, a monastery, a village, mother and father of.
    "tel": "tal", "tell": "tal", "tall": "tal", "til": "tal", "ain": "ein", "ayn": "ein", "dair": "deir", "der": "deir",
    "kafar": "kafr", "kufr": "kafr", "kfar": "kafr", "um": "um", "umm": "um", "om": "um", "abou": "abu",
    "khirbat": "khirbet", "khirbah": "khirbet", "jebel": "jabal", "jabel": "jabal",
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_SHORTEST_SKELETON = 4
_LIKE_VOWELS = str.maketrans("eo", "iu")
# The sounds that transliterations write in more than one way; "Dayr az Zawr" is "Deir ez-Zor".
_SOUNDS = (("q", "k"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ay", "ei"), ("aw", "o"))


def place_key(name: str) -> str:
    """Return the key of a name: "Ar Raqqah", "Raqqa" and "Rakka" have one; "" where nothing is left of it."""
    return _key(name.casefold())


def skeleton(name: str) -> str:
    """Return the consonants of a name, as an Arabic name keeps them in every transliteration; "" for fewer than three.

    "Maaret Misreen" and "Ma‘arratmişrīn" have one. A name of three consonants keeps its vowels too, of which it does
    not tell "e" from "i" nor "o" from "u": "Idleb" and "Idlib" have one. Other names may have the same: it is for what
    has no other match.
    """
    key = place_key(name)
    found = _DOUBLED.sub(r"\1", _VOWELS.sub("", key))
    if not found.isascii() or len(found) < _SHORTEST_SKELETON - 1:
        return ""
    return found if len(found) >= _SHORTEST_SKELETON else "~" + key.translate(_LIKE_VOWELS)


def readable(name: str, others: Iterable[str]) -> set[str]:
    """Return the other names in scripts that reports on these conflicts use, without mere letters and codes."""
    return {other for other in others if len(other) > 2 and other != name and _is_readable(other)}


def _is_readable(name: str) -> bool:
    # Latin with its accents, Greek, Cyrillic, Hebrew, Arabic; not the scripts farther east.
    return name.isascii() or all(c < "\u0780" or "\u1e00" <= c < "\u2030" for c in name)


@lru_cache(maxsize=65536)
def _key(lower: str) -> str:
    if lower.isascii():
        if lower.isalpha():  # most names by far
            return _sounds(_SHORT.get(lower, lower))
    else:
        # The marks on Arabic letters are combining too; the article is written as one with its word.
        lower = "".join(
            c for c in unicodedata.normalize("NFKD", lower.translate(_LETTERS)) if not unicodedata.combining(c)
        )
        if "\u0600" <= lower[:1] <= "\u06ff":
            return "".join(part.removeprefix("ال") or part for part in _BREAKS.split(_MARKS.sub("", lower)) if part)
    parts = [part for part in _BREAKS.split(_MARKS.sub("", lower)) if part]
    parts = [parts[0], *(_GLUED_ARTICLE.sub(r"\1", part) for part in parts[1:])] if parts else parts
    return _sounds("".join(_SHORT.get(part, part) for at, part in enumerate(parts) if not _is_article(parts, at)))


def _sounds(joined: str) -> str:
    for written, sound in _SOUNDS:
        joined = joined.replace(written, sound)
    joined = _DOUBLED.sub(r"\1", joined)
    return joined[:-1] if joined.endswith("ah") and len(joined) > 3 else joined


def _is_article(parts: list[str], at: int) -> bool:
    if at + 1 >= len(parts):
        return False
    if parts[at] in ("al", "el"):
        # "El Paso" keeps a key of its own only by its other word; that is as good.
        return True
    follows = _SUN.get(parts[at])
    return follows is not None and parts[at + 1].startswith(follows)
