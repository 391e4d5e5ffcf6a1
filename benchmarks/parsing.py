"""Tags, trees and sentence boundaries against treebanks: `python -m benchmarks.parsing FILE.conllu... [--stripped]`.

The words are the gold ones; each document of the file is read as a whole, with no mark of its paragraphs. `las` and
`uas` count every word, punctuation too, with the whole relation ("nsubj:pass"), within the sentences that the reader
finds itself; `las_gold_sentences` gives it the sentences. `sentence_f1` wants both ends of a sentence right;
`boundary_f1` its start, the first of each document (which nobody can miss) left out.

With --stripped the words without a letter or digit are gone, what hung from them hangs from their heads, and
punctuation inside a word is a space.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

from benchmarks.common import Counts, Published, arguments, report
from corroborate.read.encoder import Encoder
from training.passage import ROOT, Passage
from training.styles import stripped
from training.treebank import read

PUBLISHED = [
    # Measured on the same files with the same stripping by this project before it chose its encoder: a small spaCy CNN.
    Published("small CNN, EWT", {"upos": 93.5, "las": 80.9, "sentence_f1": 73.6}),
    Published("small CNN, GUM", {"upos": 95.5, "las": 83.0, "sentence_f1": 85.2}),
]
PUBLISHED_STRIPPED = [
    Published("small CNN, EWT", {"upos": 92.4, "las": 77.3, "sentence_f1": 58.0}),
    Published("small CNN, GUM", {"upos": 94.8, "las": 79.6, "sentence_f1": 68.6}),
]


def documents(paths: list[Path], *, strip: bool) -> Iterator[Passage]:
    """Yield the documents of the files."""
    for path in paths:
        for passage in read(path):
            found = stripped(passage, split=False) if strip else passage
            if len(found):
                yield found


def measure(encoder: Encoder, passages: Iterator[Passage]) -> dict[str, float | None]:
    """Return the figures for labelled documents."""
    words = 0
    right = dict.fromkeys(("las", "uas", "upos", "xpos", "las_gold_sentences", "uas_gold_sentences"), 0)
    sentences, boundaries = Counts(), Counts()
    for gold in passages:
        words += len(gold)
        starts = [mark == 1 for mark in gold.starts]
        starts[0] = True
        for suffix, given in (("", None), ("_gold_sentences", starts)):
            doc = encoder.parse_words(gold.words, sent_starts=given)
            for token, head, rel in zip(doc, gold.heads, gold.rels, strict=True):
                attached = head == (ROOT if token.head.i == token.i else token.head.i)
                right["uas" + suffix] += attached
                right["las" + suffix] += attached and rel == ("root" if token.dep_ == "ROOT" else token.dep_)
            if given is None:
                right["upos"] += sum(t.pos_ == tag for t, tag in zip(doc, gold.upos, strict=True))
                right["xpos"] += sum(t.tag_ == tag for t, tag in zip(doc, gold.xpos, strict=True))
                found = [bool(token.is_sent_start) for token in doc]
                sentences.add(set(_ranges(found)), set(_ranges(starts)))
                boundaries.add(
                    {i for i, mark in enumerate(found) if mark and i},
                    {i for i, mark in enumerate(starts) if mark and i},
                )
    figures: dict[str, float | None] = {key: 100 * value / max(1, words) for key, value in right.items()}
    return figures | {
        "sentence_f1": sentences.f1,
        "boundary_f1": boundaries.f1,
        "boundary_p": boundaries.precision,
        "boundary_r": boundaries.recall,
        "words": words,
    }


def _ranges(starts: list[bool]) -> Iterator[tuple[int, int]]:
    edges = [i for i, mark in enumerate(starts) if mark] + [len(starts)]
    return itertools.pairwise(edges)


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--stripped", action="store_true", help="take the punctuation away first")
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    options: argparse.Namespace = parser.parse_args()
    encoder = Encoder(options.weights, threads=1)
    figures = measure(encoder, documents(options.data, strip=options.stripped))
    report("parsing", figures, PUBLISHED_STRIPPED if options.stripped else PUBLISHED, options)


if __name__ == "__main__":
    main()
