"""A Doc as a row of lower-case words with sentence limits, for rules that walk from word to word.

The limits are the encoder's where it set them, else punctuation and line ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc

# Posts and monitors write "kil*led" and "de*ath" past the filters of their platforms.
_CENSORED = re.compile(r"(?<=[a-z])\*+(?=[a-z])")
_STOPS = {".", "!", "?", "…", "...", "\n", "\n\n"}


def uncensored(words: str) -> str:
    """Return lower-cased words without the asterisks inside them ("kil*led")."""
    return _CENSORED.sub("", words) if "*" in words else words


class Words:
    """The words of a Doc: `low[i]` lower-cased text (uncensored), `tag[i]` coarse part of speech ("" if not tagged)."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text  # a Doc puts its text together anew each time that it is asked
        self.low = [uncensored(token.lower_) for token in doc]
        self.tag = [token.pos_ for token in doc]
        self.parsed = doc.has_annotation("DEP")
        self._starts = self._sentence_starts(doc)
        self._paragraphs = [0, *(i for i, word in enumerate(self.low, 1) if word.count("\n") > 1 and word.isspace())]
        self._offsets = [token.idx for token in doc]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Return the words of a Doc, made once and kept with it: several finders walk over the same ones."""
        found = doc.user_data.get("words")
        if not isinstance(found, cls):
            found = doc.user_data["words"] = cls(doc)
        return found

    def __len__(self) -> int:
        return len(self.low)

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the first word and the word after the last of the sentence that holds word `i`."""
        at = bisect_right(self._starts, i)
        return self._starts[at - 1], self._starts[at] if at < len(self._starts) else len(self.low)

    def paragraph(self, i: int) -> tuple[int, int]:
        """Return the first word and the word after the last of the stretch that holds word `i`, a blank line being the
        last of its paragraph.
        """
        at = bisect_right(self._paragraphs, i)
        return self._paragraphs[at - 1], self._paragraphs[at] if at < len(self._paragraphs) else len(self.low)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the words (first, after the last) that the code points `start` to `end` touch."""
        first = max(0, bisect_right(self._offsets, start) - 1)
        last = bisect_right(self._offsets, end - 1)
        return first, max(first + 1, last)

    def end_of(self, i: int) -> int:
        """Return the code point after word `i`."""
        return self._offsets[i] + len(self.doc[i])

    def start_of(self, i: int) -> int:
        """Return the code point at which word `i` starts."""
        return self._offsets[i]

    @staticmethod
    def _sentence_starts(doc: Doc) -> list[int]:
        if doc.has_annotation("SENT_START"):
            return sorted({0, *(token.i for token in doc if token.is_sent_start)})
        starts = {0}
        for token in doc:
            if token.text in _STOPS or "\n" in token.text:
                starts.add(token.i + 1)
        return sorted(i for i in starts if i < max(1, len(doc)))
