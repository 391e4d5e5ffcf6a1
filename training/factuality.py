"""UDS factuality ("It Happened" 2.0): how surely the event of a predicate took place, as people judged it."""

from __future__ import annotations

import csv
import io
import tarfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

FILE = "it-happened_eng_ud1.2_07092017.tsv"
"""The later and larger of the archive's two files."""

Ratings = dict[int, dict[int, tuple[str, float]]]
"""Sentence of UD 1.2 (from 1) -> word (from 1) -> the predicate's lemma and its mean rating."""


def read(archive: Path, split: str) -> Ratings:
    """Return the ratings of a split ("train", "dev" or "test"), from -3 (did not happen) to 3 (did).

    A judgment of yes or no with a confidence of 0 to 4 becomes plus or minus three quarters of the confidence, and a
    predicate's rating is the mean over its judges (Rudinger, White and Van Durme 2018, section 3). Judgments that the
    corpus itself marks as not to be kept are left out. Raises KeyError where the archive lacks the file.
    """
    with tarfile.open(archive) as files:
        member = next((m for m in files if m.name.endswith(FILE)), None)
        opened = files.extractfile(member) if member is not None else None
        if opened is None:
            raise KeyError(f"no {FILE} in {archive}")
        rows = list(csv.DictReader(io.StringIO(opened.read().decode("utf-8")), delimiter="\t"))
    judged: dict[tuple[int, int, str], list[float]] = defaultdict(list)
    for row in rows:
        if row["Split"] == split and row["Keep"] == "True" and row["Happened"] in ("true", "false"):
            value = 0.75 * float(row["Confidence"]) * (1 if row["Happened"] == "true" else -1)
            place = int(row["Sentence.ID"].split()[-1]), int(row["Pred.Token"]), row["Pred.Lemma"].lower()
            judged[place].append(value)
    found: Ratings = defaultdict(dict)
    for (sentence, token, lemma), values in judged.items():
        found[sentence][token] = lemma, sum(values) / len(values)
    return found


def aligned(ratings: Ratings, documents: Sequence[Sequence[Sequence[str]]]) -> list[list[dict[int, float]]]:
    """Return the ratings of a later release of the treebank: document -> sentence -> word (from 0) -> rating.

    `documents` holds the lemmas of each sentence. Later releases put the documents in another order and split a word
    here and there, so that every document is moved to where most of its predicates meet a lemma of its own, and a
    rating whose lemma is not found there is left out.
    """
    index: dict[tuple[int, str], list[int]] = defaultdict(list)
    for sentence, words in ratings.items():
        for token, (lemma, _) in words.items():
            index[token, lemma].append(sentence)
    result, base = [], 0
    for document in documents:
        votes: Counter[int] = Counter()
        for k, lemmas in enumerate(document):
            for token, lemma in enumerate(lemmas, 1):
                votes.update(sentence - base - k for sentence in index.get((token, lemma.lower()), ()))
        shift = votes.most_common(1)[0][0] if votes else 0
        placed: list[dict[int, float]] = []
        for k, lemmas in enumerate(document):
            given = ratings.get(base + k + shift, {})
            placed.append(
                {
                    token - 1: value
                    for token, (lemma, value) in given.items()
                    if token <= len(lemmas) and lemmas[token - 1].lower() == lemma
                }
            )
        result.append(placed)
        base += len(document)
    return result


def flat(ratings: Ratings, documents: Sequence[Sequence[Sequence[str]]]) -> list[dict[int, float]]:
    """Return `aligned` with the words of each document counted through: document -> word (from 0) -> rating."""
    result = []
    for document, sentences in zip(documents, aligned(ratings, documents), strict=True):
        first = 0
        placed: dict[int, float] = {}
        for lemmas, found in zip(document, sentences, strict=True):
            placed |= {first + word: value for word, value in found.items()}
            first += len(lemmas)
        result.append(placed)
    return result
