"""Words as the encoder sees them: word pieces, and the case that an uncased vocabulary loses.

Training reads its corpora through this module too, so that both see the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAX_PIECES_PER_WORD = 12
"""A longer word (an address, a run of symbols) is cut: what follows tells the encoder nothing more about it."""

CASES = ("no letters", "lower", "Title", "UPPER", "miXed", "single capital")
"""The case of a word by its index; "A" and the "U" of "U S" get a class of their own, since they may be either."""

# One spelling for the quotation marks, dashes and brackets of typesetting, of the web and of the Penn Treebank.
_CHARACTERS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "…": "."}
)
_WORDS = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "…": "...",
    "—": "--",
    "–": "-",
}


def plain(word: str) -> str:
    """Return `word` with the quotation marks, dashes and brackets in one spelling."""
    found = _WORDS.get(word)
    return found if found is not None else word.translate(_CHARACTERS)


def case_of(word: str) -> int:
    """Return the index in `CASES` of the case of `word`."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 0
    if len(letters) == 1:
        return 5 if letters[0].isupper() else 1
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1
    if upper == len(letters):
        return 3
    return 2 if upper == 1 and letters[0].isupper() else 4


class Pieces:
    """The word-piece vocabulary, with a memory of the words met (text repeats itself)."""

    def __init__(self, tokenizer: Path, remember: int = 200_000) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._remember = remember
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self.cls, self.sep, self.unknown = (self._mark(name) for name in ("[CLS]", "[SEP]", "[UNK]"))

    def _mark(self, name: str) -> int:
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise ValueError(f"the vocabulary has no {name}")
        return int(found)

    def word(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return the piece ids of one word (never empty) and the index of its case."""
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(plain(word), add_special_tokens=False).ids[:MAX_PIECES_PER_WORD]
            known = (tuple(ids) or (self.unknown,), case_of(word))
            if len(self._known) >= self._remember:
                self._known.clear()
            self._known[word] = known
        return known

    def words(self, words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return (pieces, offsets, cases): word i has `pieces[offsets[i]:offsets[i + 1]]` and `cases[i]`."""
        found = [self.word(word) for word in words]
        offsets = np.zeros(len(found) + 1, dtype=np.int64)
        np.cumsum([len(ids) for ids, _ in found], out=offsets[1:])
        pieces = np.fromiter((i for ids, _ in found for i in ids), dtype=np.int64, count=int(offsets[-1]))
        return pieces, offsets, np.fromiter((case for _, case in found), dtype=np.int64, count=len(found))
