"""The corpora in the forms they are trained in, encoded, cut into windows and batched."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from corroborate.read.encoder.pieces import CASES, Pieces
from training import factuality, polnear, re3d, riqua, styles, treebank
from training.passage import ROOT, UNKNOWN, Passage

LENGTHS = (48, 96, 160, 254)
"""The longest a window may be, in pieces, drawn anew for each: short ones because posts and headlines come alone,
long ones because the reader sees whole articles.
"""

_LOWERED = np.array([0, 1, 1, 1, 1, 1])
COLUMNS = ("starts", "upos", "xpos", "heads", "rels", "names", "things", "attribution", "speech")


@dataclass
class Encoded:
    """A passage as numbers: word i has `pieces[offsets[i]:offsets[i + 1]]`; `labels` holds one array a column of
    `COLUMNS`, and `happened`, a rating a word or not a number.
    """

    pieces: np.ndarray
    offsets: np.ndarray
    cases: np.ndarray
    breaks: np.ndarray
    labels: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.cases)


@dataclass
class Window:
    """The words from `low` to `high` of a passage, and what is hidden of them."""

    of: Encoded
    low: int
    high: int
    lowered: bool
    unbroken: bool

    @property
    def length(self) -> int:
        """The number of its pieces."""
        return int(self.of.offsets[self.high] - self.of.offsets[self.low])


def load(data: Path) -> dict[str, list[list[Passage]]]:
    """Read the training parts of the corpora under `data`: name of the corpus -> documents -> their versions
    (annotators).

    No development, test or validation file is opened. Raises FileNotFoundError where one is missing.
    """
    gum = treebank.read(data / "ud_gum" / "en_gum-ud-train.conllu.gz", without=treebank.NON_COMMERCIAL)
    return {
        "ewt": [[p] for p in rated(data, "train")],
        "gum": [[p] for p in gum],
        "polnear": list(polnear.read(data / "polnear" / "train.tar.gz")),
        "riqua": [[p] for p in riqua.read(data / "riqua" / "sentences_train.jsonl.gz")],
        "re3d": [[p] for p in re3d.read(data / "re3d" / "train.txt.gz")],
    }


def rated(data: Path, split: str) -> list[Passage]:
    """Return the documents of EWT with the ratings of UDS factuality on them."""
    path = data / "ud_ewt" / f"en_ewt-ud-{split}.conllu.gz"
    passages, lemmas = list(treebank.read(path)), treebank.lemmas(path)
    ratings = factuality.read(data / "uds_factuality" / "it-happened.tar.gz", split)
    for passage, placed in zip(passages, factuality.flat(ratings, lemmas), strict=True):
        for word, value in placed.items():
            passage.happened[word] = value
    return passages


def label_sets(corpora: dict[str, list[list[Passage]]]) -> dict[str, list[str]]:
    """Return the labels of each head, in a fixed order: for spans O first, then B and I of each type."""
    found: dict[str, set[str]] = {column: set() for column in COLUMNS if column not in ("starts", "heads")}
    for documents in corpora.values():
        for versions in documents:
            for column, values in found.items():
                values.update(label for p in versions for label in getattr(p, column) if label is not None)
    found["rels"].add("goeswith")
    result = {}
    for column, values in found.items():
        if "O" in values:
            kinds = sorted({value[2:] for value in values if value != "O"})
            result[column] = ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]
        else:
            result[column] = sorted(values)
    return result


def encode(passage: Passage, pieces: Pieces, labels: dict[str, list[str]]) -> Encoded:
    """Return `passage` as numbers; a label that is not known becomes `UNKNOWN`."""
    ids, offsets, cases = pieces.words(passage.words)
    columns = {"starts": np.array(passage.starts), "heads": np.array(passage.heads)}
    columns["happened"] = np.array([np.nan if value is None else value for value in passage.happened], np.float32)
    for column, names in labels.items():
        index: dict[str | None, int] = {name: k for k, name in enumerate(names)}
        columns[column] = np.array([index.get(label, UNKNOWN) for label in getattr(passage, column)])
    return Encoded(ids, offsets, cases, np.array(passage.breaks, dtype=np.int64), columns)


class Source:
    """One corpus in one form, handed out as windows without end, its documents in a new order each time round."""

    def __init__(self, documents: list[list[Encoded]], seed: int, *, break_rate: float, lower_rate: float) -> None:
        self._documents = documents
        self._random = random.Random(seed)
        self._break_rate, self._lower_rate = break_rate, lower_rate

    def windows(self) -> Iterator[Window]:
        """Yield windows; some begin and end in the middle of a sentence, as those over a long document do."""
        draw = self._random
        while True:
            order = list(self._documents)
            draw.shuffle(order)
            for versions in order:
                document = draw.choice(versions)
                low, n = 0, len(document)
                while low < n:
                    limit = draw.choice(LENGTHS)
                    high = int(np.searchsorted(document.offsets, document.offsets[low] + limit, side="right")) - 1
                    high = min(max(high, low + 1), n)
                    if high < n and draw.random() < 0.6:
                        starts = np.flatnonzero(document.labels["starts"][low + 1 : high + 1] == 1)
                        high = low + 1 + int(starts[-1]) if len(starts) else high
                    yield Window(
                        document,
                        low,
                        high,
                        draw.random() < self._lower_rate,
                        draw.random() >= self._break_rate,
                    )
                    low = high


def batches(
    sources: list[tuple[float, Source]], size: int, seed: int, pieces: Pieces, pool: int = 96
) -> Iterator[dict[str, torch.Tensor]]:
    """Yield padded batches of at most `size` pieces; each comes from one source, drawn by its weight, and holds
    windows of like length.
    """
    draw = random.Random(seed)
    weights = [weight for weight, _ in sources]
    streams = [source.windows() for _, source in sources]
    waiting: list[list[list[Window]]] = [[] for _ in sources]
    while True:
        k = draw.choices(range(len(sources)), weights)[0]
        if not waiting[k]:
            drawn = sorted((next(streams[k]) for _ in range(pool)), key=lambda w: w.length)
            batch: list[Window] = []
            for window in drawn:
                if batch and (window.length + 2) * (len(batch) + 1) > size:
                    waiting[k].append(batch)
                    batch = []
                batch.append(window)
            waiting[k].append(batch)
            draw.shuffle(waiting[k])
        yield collate(waiting[k].pop(), pieces)


def collate(windows: list[Window], pieces: Pieces) -> dict[str, torch.Tensor]:
    """Return the tensors of one batch: `ids`, `cases`, `breaks`, `mask` by piece, `first`, `last`, `words` and the
    labels by word.

    Heads are counted from 1 within the window, 0 being the root; a head outside the window is `UNKNOWN`.
    """
    longest, most = max(w.length for w in windows) + 2, max(w.high - w.low for w in windows)
    shape, words = (len(windows), longest), (len(windows), most)
    batch = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "cases", "breaks", "mask")}
    batch |= {name: np.zeros(words, dtype=np.int64) for name in ("first", "last", "words", "sentence")}
    batch |= {name: np.full(words, UNKNOWN, dtype=np.int64) for name in COLUMNS}
    batch["happened"] = np.full(words, np.nan, dtype=np.float32)
    for row, window in enumerate(windows):
        document, low, high = window.of, window.low, window.high
        n, k = window.length, high - low
        offsets = document.offsets[low : high + 1] - document.offsets[low]
        cases = _LOWERED[document.cases[low:high]] if window.lowered else document.cases[low:high]
        broken = np.zeros(k, dtype=np.int64) if window.unbroken else document.breaks[low:high]
        batch["ids"][row, 0], batch["ids"][row, n + 1] = pieces.cls, pieces.sep
        batch["ids"][row, 1 : n + 1] = document.pieces[document.offsets[low] : document.offsets[high]]
        batch["mask"][row, : n + 2] = 1
        batch["cases"][row, 1 : n + 1] = np.repeat(cases, np.diff(offsets))
        batch["breaks"][row, 1 + offsets[:-1]] = broken
        batch["first"][row, :k], batch["last"][row, :k] = offsets[:-1] + 1, offsets[1:]
        batch["words"][row, :k] = 1
        for column in (*COLUMNS, "happened"):
            batch[column][row, :k] = document.labels[column][low:high]
        heads = batch["heads"][row, :k]
        inside = (heads >= low) & (heads < high)
        batch["heads"][row, :k] = np.where(inside, heads - low + 1, np.where(heads == ROOT, 0, UNKNOWN))
        batch["sentence"][row, :k] = np.cumsum(document.labels["starts"][low:high] == 1)
    return {name: torch.from_numpy(values) for name, values in batch.items()}


def sources(
    corpora: dict[str, list[list[Passage]]], pieces: Pieces, labels: dict[str, list[str]], seed: int
) -> list[tuple[float, Source]]:
    """Return every corpus in every form it is trained in, each with the share of the batches that come from it.

    Treebanks and PolNeAR about halve the time, since the parse and the boundaries need the one and the attributions
    the other (docs/decisions/0001). Of PolNeAR more than half is stripped or without its quotation marks, where the
    first run was weakest. `corpora` may hold PolNeAR once more as `parsed` (`training.silver`): its stripped form then
    teaches trees and names too.
    """
    extra = random.Random(seed)
    copies = [p for _ in range(6) for p in re3d.swapped([v[0] for v in corpora["re3d"]], extra)]
    corpora = {**corpora, "re3d_swapped": [[p] for p in copies]}

    def form(name: str, change: object = None) -> list[list[Encoded]]:
        versions = ([p if change is None else change(p) for p in v] for v in corpora[name])  # type: ignore[operator]
        return [[encode(p, pieces, labels) for p in passages if len(p)] for passages in versions if len(passages[0])]

    def split(p: Passage) -> Passage:
        return styles.stripped(p, split=True)

    def whole(p: Passage) -> Passage:
        return styles.stripped(p, split=False)

    def joined(p: Passage) -> Passage:
        return whole(styles.hyphens_joined(p))

    def unquoted(p: Passage) -> Passage:
        return styles.without_quotes(styles.hyphens_joined(p))

    plan = [
        (0.100, "ewt", None, 0.4, 0.06),
        (0.100, "ewt", whole, 0.1, 0.04),
        (0.045, "ewt", split, 0.1, 0.3),
        (0.010, "ewt", styles.without_commas, 0.4, 0.06),
        (0.095, "gum", None, 0.25, 0.06),
        (0.095, "gum", whole, 0.1, 0.04),
        (0.035, "gum", split, 0.1, 0.3),
        (0.010, "gum", styles.without_commas, 0.3, 0.06),
        (0.060, "polnear", None, 0.8, 0.06),
        (0.120, "polnear", styles.hyphens_joined, 0.9, 0.03),
        (0.080, "parsed" if "parsed" in corpora else "polnear", split, 0.5, 0.1),
        (0.030, "parsed" if "parsed" in corpora else "polnear", whole, 0.5, 0.05),
        (0.120, "polnear", joined, 0.8, 0.03),
        (0.120, "polnear", unquoted, 0.9, 0.03),
        (0.020, "polnear", styles.without_commas, 0.8, 0.06),
        (0.090, "riqua", None, 0.9, 0.02),
        (0.012, "riqua", whole, 0.9, 0.02),
        (0.012, "riqua", styles.without_quotes, 0.9, 0.02),
        (0.030, "re3d", None, 0.5, 0.03),
        (0.030, "re3d_swapped", None, 0.5, 0.03),
        (0.015, "re3d", split, 0.5, 0.1),
    ]
    return [
        (weight, Source(form(name, change), seed + k, break_rate=breaks, lower_rate=lowered))
        for k, (weight, name, change, breaks, lowered) in enumerate(plan)
    ]


assert len(CASES) == len(_LOWERED)
