"""The counting of the benchmark of parties, and a floor on its own sentences."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import parties as benchmark
from benchmarks.common import lines
from corroborate.knowledge.parties import Parties
from corroborate.read.encoder import Encoder
from training.passage import Passage

DATA = Path(benchmark.__file__).parent / "data" / "parties.jsonl"


def test_the_sentences_name_what_they_ask_for() -> None:
    register = Parties.load()
    rows = list(lines(DATA))
    assert len(rows) >= 120
    assert sum(row["party"] is None for row in rows) >= 30
    for row in rows:
        assert str(row["text"]).count(str(row["mention"])) > int(str(row.get("nth", 0)))
        if row["party"] is not None:
            register.get(str(row["party"]))


def test_a_right_answer_a_wrong_one_and_none() -> None:
    rows: list[dict[str, object]] = [
        {"text": "The SDF left.", "mention": "SDF", "party": "sdf", "kind": "name"},
        {"text": "The SDF left.", "mention": "SDF", "party": "ypg", "kind": "name"},
        {"text": "Nobody left.", "mention": "Nobody", "party": "sdf", "kind": "name"},
        {"text": "Nobody left.", "mention": "Nobody", "party": None, "kind": "name"},
    ]
    counts = benchmark.judge(Encoder(), Parties.load(), rows)
    assert (counts["right"], counts["wrong"], counts["abstained"]) == (2, 1, 1)
    figures = benchmark.figures(counts, Counter())
    assert (figures["right"], figures["right_open"], figures["organisations_found"]) == (50, 100, None)


def test_a_mention_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="is not so often in"):
        benchmark.judge(Encoder(), Parties.load(), [{"text": "a", "mention": "b", "party": None, "kind": "name"}])


def test_the_organisations_of_columns() -> None:
    words = ["We", "saw", "the", "SDF", "and", "the", "Harbour", "Choir"]
    labels: list[str | None] = ["B-ORG", "O", "B-ORG", "I-ORG", "O", "B-ORG", "I-ORG", "I-ORG"]
    passage = Passage(words, [True] * 8, [False] * 8, [0] * 8, things=labels)
    counts = benchmark.found_in(Parties.load(), [passage])
    assert counts == {"organisations": 3, "organisations_met": 1, "names": 2, "names_met": 1}


@pytest.mark.slow
def test_the_invented_sentences_hold_their_floor() -> None:
    counts = benchmark.judge(Encoder(), Parties.load(), lines(DATA))
    figures = benchmark.figures(counts, Counter())
    assert float(figures["right"] or 0) >= 95  # 2026-11: see RESULTS.md
    assert float(figures["wrong"] or 0) <= 1
