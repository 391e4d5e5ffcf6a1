"""Source, cue and content of attributions: `python -m benchmarks.attribution sentences.jsonl.gz [--stripped]`.

For PolNeAR's and RiQuA's sentence files alike, told apart by nothing: a text is read the same way wherever it is from.
Each line has `tokens`, BIO `labels` and the `id` of its document; the lines of a document are its paragraphs, in
order, and are read together. A span counts as right where its first word, its last word and its kind are right (the
CofeNet paper's definition).

With --stripped the words without a letter or digit are gone (a span that had no other words is gone too); --unquoted
takes the quotation marks alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import cast

from benchmarks.common import Counts, Published, arguments, lines, report
from corroborate.read.encoder import Encoder
from corroborate.read.encoder.chain import spans
from corroborate.read.encoder.document import ROLES
from training.passage import Passage
from training.styles import stripped, without_quotes

PUBLISHED = [
    # "CofeNet: Context and Former-Label Enhanced Net for Complicated Quotation Extraction" (COLING 2022), tables 6 to
    # 8, test sets, exact; PolNeAR where nothing else is said.
    Published("rules", {"source_f1": 10.7, "cue_f1": 22.8, "content_f1": 5.6}),
    Published("CRF", {"source_f1": 50.6, "cue_f1": 53.4, "content_f1": 28.6}),
    Published("BERT", {"source_f1": 81.1, "cue_f1": 74.0, "content_f1": 68.9}),
    Published("BERT+Cofe", {"source_f1": 83.2, "cue_f1": 75.3, "content_f1": 72.9}),
    Published("BERT+Cofe on RiQuA", {"source_f1": 81.8, "cue_f1": 89.2, "content_f1": 94.4}),
]


def documents(paths: list[Path], form: Callable[[Passage], Passage] | None = None) -> Iterator[Passage]:
    """Yield the documents of the files, a paragraph a line, in the given form."""
    for path in paths:
        for _, rows in groupby(lines(path), key=lambda row: row["id"]):
            words: list[str] = []
            labels: list[str | None] = []
            breaks: list[bool] = []
            for row in rows:
                tokens = cast("list[str]", row["tokens"])
                words += tokens
                labels += cast("list[str]", row["labels"])
                breaks += [k == 0 for k in range(len(tokens))]
            passage = Passage(words, [True] * len(words), breaks, [int(b) for b in breaks], attribution=labels)
            found = passage if form is None else form(passage)
            if len(found):
                yield found


def measure(encoder: Encoder, passages: Iterator[Passage]) -> dict[str, float | None]:
    """Return precision, recall and F1 of each kind of span."""
    counts = {role: Counts() for role in ROLES}
    for gold in passages:
        doc = encoder.parse_words(gold.words, breaks=gold.breaks)
        wanted = list(spans([label or "O" for label in gold.attribution]))
        for role in ROLES:
            counts[role].add(
                {(span.start, span.end) for span in doc.spans[role]},
                {(start, end) for start, end, kind in wanted if kind == role},
            )
    figures: dict[str, float | None] = {}
    for role, count in counts.items():
        figures |= {f"{role}_f1": count.f1, f"{role}_p": count.precision, f"{role}_r": count.recall}
    return figures


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--stripped", action="store_true", help="take the punctuation away first")
    form.add_argument("--unquoted", action="store_true", help="take the quotation marks away first")
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    options = parser.parse_args()
    change: Callable[[Passage], Passage] | None = None
    if options.stripped:
        change = _stripped
    elif options.unquoted:
        change = without_quotes
    report("attribution", measure(Encoder(options.weights), documents(options.data, change)), PUBLISHED, options)


def _stripped(passage: Passage) -> Passage:
    return stripped(passage, split=False)


if __name__ == "__main__":
    main()
