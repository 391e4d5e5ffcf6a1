"""Whether an event took place, beside what people judged: `python -m benchmarks.certainty it-happened.tar.gz
en_ewt-ud-test.conllu.gz`.

The archive is UDS factuality ("It Happened" 2.0), the treebank the part of English EWT that it judges; which split is
told by the treebank's name, or by --split. `pearson` is the correlation (times 100) of `token._.happened` with the
mean rating of each judged predicate, every document being read as a whole; `mae` the mean distance on the scale from -3
to 3. `rules` is the correlation of what the rules alone say of the same words (`read.certainty`, the writer's own
voice): 3 where asserted, 1.5 where hedged, 0 where speculated, with the sign of the polarity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.common import Published, arguments, report
from corroborate.read.certainty import certainty
from corroborate.read.encoder import Encoder
from training import factuality, treebank
from training.passage import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token

PUBLISHED = [
    # Rudinger, White and Van Durme 2018, "Neural models of factuality", their best on this test set, rounded.
    Published("biLSTMs", {"pearson": 77.0}),
]
_STRENGTH = {"asserted": 3.0, "reported": 3.0, "hedged": 1.5, "speculated": 0.0, "denied": 3.0}


def documents(
    treebanks: Sequence[Path], archive: Path, split: str
) -> Iterator[tuple[Passage, list[tuple[int, float]]]]:
    """Yield the documents of the treebank files with the (word, mean rating) pairs on them."""
    ratings = factuality.read(archive, split)
    for path in treebanks:
        lemmas = treebank.lemmas(path)
        for passage, placed in zip(treebank.read(path), factuality.flat(ratings, lemmas), strict=True):
            yield passage, sorted(placed.items())


def measure(
    encoder: Encoder,
    rated: Iterator[tuple[Passage, list[tuple[int, float]]]],
    rule: Callable[[Token], float] | None = None,
) -> dict[str, float | None]:
    """Return the figures; `pearson` and `mae` are None where the weights have no head for certainty."""
    gold: list[float] = []
    found: list[float | None] = []
    ruled: list[float] = []
    for passage, ratings in rated:
        doc = encoder.parse_words(passage.words)
        for word, rating in ratings:
            gold.append(rating)
            found.append(doc[word]._.happened)
            ruled.append((rule or by_rules)(doc[word]))
    known = [value for value in found if value is not None]
    complete = bool(known) and len(known) == len(gold)
    return {
        "pearson": _correlation(known, gold) if complete else None,
        "mae": float(np.abs(np.array(known) - np.array(gold)).mean()) if complete else None,
        "rules": _correlation(ruled, gold),
        "predicates": len(gold),
    }


def by_rules(token: Token) -> float:
    """Return what the rules alone say of an event at `token`, from -3 to 3."""
    said = certainty(token, None, ())
    return _STRENGTH[said.modality] * (-1 if said.polarity == "negated" else 1)


def _correlation(found: Sequence[float], gold: Sequence[float]) -> float | None:
    if len(gold) < 2 or np.std(found) == 0 or np.std(gold) == 0:
        return None
    return 100 * float(np.corrcoef(found, gold)[0, 1])


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--split", choices=("train", "dev", "test"), help="the split of the treebank files")
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    options = parser.parse_args()
    archives = [path for path in options.data if ".tar" in path.suffixes]
    treebanks = [path for path in options.data if ".conllu" in path.suffixes]
    if len(archives) != 1 or not treebanks:
        parser.error("give one archive of ratings (.tar.gz) and the treebank's file (.conllu)")
    split = options.split or next((s for s in ("train", "dev") if s in treebanks[0].name), "test")
    report("certainty", measure(Encoder(options.weights), documents(treebanks, archives[0], split)), PUBLISHED, options)


if __name__ == "__main__":
    main()
