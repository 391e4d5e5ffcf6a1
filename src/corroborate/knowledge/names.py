"""Finding many names in a text at once: words as they are compared, and a trie over them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: a space or line end, a hyphen, an apostrophe, a full stop inside "U.S.".
# A full stop and a space end a sentence unless a single letter stands before it.
_GAP = re.compile(r"[\s\-‑–'’ʼ‘`./&]{0,3}")


class Word(NamedTuple):  # made in 0.4 of the time that a frozen dataclass takes
    """A run of letters and digits: its key for comparison, and whether it is close enough to the word before it."""

    start: int
    end: int
    text: str
    key: str
    close: bool


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return a word as it is compared: lower case, without accents."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def words_of(text: str) -> list[Word]:
    """Return the words of a text; offsets are code points."""
    words: list[Word] = []
    previous: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        words.append(Word(start, end, word, key_of(word), previous is not None and _close(text, *previous, start)))
        previous = (end, word)
    return words


def _close(text: str, before: int, last: str, start: int) -> bool:
    gap = text[before:start]
    if gap == " ":
        return True
    if not _GAP.fullmatch(gap):
        return False
    return "." not in gap or len(last) == 1 or not gap[-1].isspace()


_NOTHING: dict[str, Any] = {}


def is_genitive(word: Word, *, alone: bool) -> bool:
    """Say whether a word can be a name's genitive without its apostrophe: four letters and an s, `alone` a capital."""
    shaped = len(word.key) > 4 and word.key.endswith("s") and not word.text.isupper()
    return shaped and (word.text[0].isupper() or not alone)


class Trie(Generic[T]):
    """Names as paths of word keys; several values may end at one path."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}  # a word's key to the next node, and "" to the values that end here

    def add(self, words: Sequence[Word], value: T) -> None:
        """Add a name; raise ValueError where it has no word."""
        if not words:
            raise ValueError("a name without a word")
        node = self._root
        for word in words:
            node = node.setdefault(word.key, {})
        node.setdefault("", []).append(value)  # no word has an empty key

    def opens(self, word: Word) -> bool:
        """Say whether a name can begin with a word: what is left to look for is far less than a text's words."""
        return word.key in self._root or word.key[:-1] in self._root

    def all(self, words: Sequence[Word], at: int) -> Iterator[tuple[int, T]]:
        """Return every name that starts at a word, as (number of words, value), shorter ones first.

        A name may end in a genitive that has lost its apostrophe ("Syrias army", "the Observatorys").
        """
        node = self._root
        for index in range(at, len(words)):
            word = words[index]
            if index > at and not word.close:
                return
            found = node.get(word.key)
            if found is None:
                bare = node.get(word.key[:-1], _NOTHING) if is_genitive(word, alone=index == at) else _NOTHING
                for value in bare.get("", ()):
                    yield index - at + 1, value
                return
            node = found
            for value in node.get("", ()):
                yield index - at + 1, value

    def longest(self, words: Sequence[Word], at: int) -> tuple[int, T] | None:
        """Return the longest name that starts at a word, or None."""
        best = None
        for best in self.all(words, at):  # noqa: B007
            pass
        return best
