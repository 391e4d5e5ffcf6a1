"""News parsed by the shipped reader as printed, so that its stripped copy can be taught the same trees and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corroborate.read.encoder import Encoder
from training.passage import ROOT, UNKNOWN, Passage

SURE = 0.95
"""How probable a boundary must be, or be not, to be taught where the punctuation leaves it open."""


def parsed(documents: Iterable[list[Passage]], weights: Path) -> Iterator[list[Passage]]:
    """Yield the documents (each with its versions) with tags, trees and names of the reader of the folder `weights`.

    The versions of a document have the same words, and are parsed once. Sentence starts that the corpus knows stay; an
    open one is filled where the reader is `SURE`. What it finds in text as printed is better by three points of
    attachment than what it finds in the same text stripped (docs/decisions/0016): that is what there is to learn.
    """
    encoder = Encoder(weights)
    for versions in documents:
        first = versions[0]
        doc = encoder.parse_words(first.words, breaks=first.breaks)
        starts = [
            given if given != UNKNOWN else 1 if sure >= SURE else 0 if sure <= 1 - SURE else UNKNOWN
            for given, sure in zip(first.starts, (token._.boundary for token in doc), strict=True)
        ]
        columns = {
            "starts": starts,
            "upos": [token.pos_ for token in doc],
            "xpos": [token.tag_ for token in doc],
            "heads": [ROOT if token.head.i == token.i else token.head.i for token in doc],
            "rels": ["root" if token.head.i == token.i else token.dep_ for token in doc],
            "names": [_label(token.ent_iob_, token.ent_type_) for token in doc],
        }
        yield [replace(version, **{name: list(values) for name, values in columns.items()}) for version in versions]


def _label(mark: str, kind: str) -> str | None:
    """Return the BIO label of a name; of what is no proper name (a quantity, a weapon) the head learns nothing."""
    if mark not in ("B", "I"):
        return "O"
    return f"{mark}-{kind}" if kind in ("PERSON", "ORG", "LOC", "MISC") else None
