"""One stretch of labelled words: what every corpus is turned into before it is stripped, encoded and cut into
windows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROOT = -1
"""The head of a root word."""
UNKNOWN = -100
"""The head of a word whose head is not known; also the label index that losses leave out."""


@dataclass
class Passage:
    """Words in document order, each column as long as `words`.

    `starts` holds 1 where a sentence starts, 0 where none does and `UNKNOWN` where the corpus does not say; `breaks`
    holds whether a paragraph starts there; `heads` are indices into `words`, `ROOT` or `UNKNOWN`; `speech` are the
    labels of attributions in novels alone; `happened` is how surely the event of a word took place, from -3 to 3. A
    column of None has no labels, and a label of None is not known for that word: neither is trained on.
    """

    words: list[str]
    spaces: list[bool]
    breaks: list[bool]
    starts: list[int]
    upos: list[str | None] = field(default_factory=list)
    xpos: list[str | None] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str | None] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    things: list[str | None] = field(default_factory=list)
    attribution: list[str | None] = field(default_factory=list)
    speech: list[str | None] = field(default_factory=list)
    happened: list[float | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = len(self.words)
        for column in LABELS:
            if not getattr(self, column):
                setattr(self, column, [None] * n)
        if not self.heads:
            self.heads = [UNKNOWN] * n

    def __len__(self) -> int:
        return len(self.words)


LABELS = ("upos", "xpos", "rels", "names", "things", "attribution", "speech", "happened")
"""The columns that hold one label a word."""
BIO = ("names", "things", "attribution", "speech")
"""The columns among them that hold spans."""


def spans_to_bio(n: int, spans: list[tuple[int, int, str]]) -> list[str | None]:
    """Return BIO labels over `n` words for (start, end, label) spans that do not overlap; the first of two that do is
    kept.
    """
    labels: list[str | None] = ["O"] * n
    for start, end, label in spans:
        if any(given != "O" for given in labels[start:end]):
            continue
        labels[start:end] = [("I-" if k else "B-") + label for k in range(end - start)]
    return labels
