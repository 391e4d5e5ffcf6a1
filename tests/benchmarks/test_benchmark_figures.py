import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.vocab import Vocab

from benchmarks import attribution, certainty, names, parsing, speed
from benchmarks.common import Counts, lines, record
from benchmarks.stripping import strip_text, strip_words
from training import re3d
from training.passage import ROOT, Passage


def test_text_is_stripped_as_the_founding_example_was() -> None:
    assert strip_text("The nation's U.S.-backed “allies”, it said: go!") == "The nation s U S backed allies it said go"
    words = ["I", "ca", "n't", ",", "U.S.", "-", "made", "'s"]
    assert strip_words(words) == [(0, "I"), (1, "can"), (2, "t"), (4, "U S"), (6, "made"), (7, "s")]


def test_counts_follow_from_sets() -> None:
    counts = Counts()
    counts.add({1, 2, 3}, {2, 3, 4, 5})
    assert (counts.precision, counts.recall) == (pytest.approx(66.667, abs=0.01), 50.0)
    assert counts.f1 == pytest.approx(57.143, abs=0.01)
    assert Counts().f1 == 0


class Oracle:
    """Finds one sentence where there are two, and hangs the last word wrongly."""

    def parse_words(self, words: list[str], sent_starts: list[bool] | None = None) -> Doc:
        heads = [1, 1, 3, 3] if sent_starts else [1, 1, 1, 1]
        deps = ["nsubj", "ROOT", "nsubj", "ROOT"] if sent_starts else ["nsubj", "ROOT", "nsubj", "obj"]
        return Doc(Vocab(), words=words, heads=heads, deps=deps, pos=["NOUN"] * 4, tags=["NN"] * 4)


def test_parsing_counts_by_hand() -> None:
    gold = Passage(
        ["a", "b", "c", "d"],
        [True] * 4,
        [False] * 4,
        [1, 0, 1, 0],
        upos=["NOUN", "VERB", "NOUN", "NOUN"],
        xpos=["NN"] * 4,
        heads=[1, ROOT, 3, ROOT],
        rels=["nsubj", "root", "nsubj", "root"],
    )
    figures = parsing.measure(Oracle(), iter([gold]))  # type: ignore[arg-type]
    assert figures["las"] == 50
    assert figures["las_gold_sentences"] == 100
    assert figures["upos"] == 75
    assert figures["sentence_f1"] == 0
    assert figures["boundary_f1"] == 0


class Attributing:
    def parse_words(self, words: list[str], breaks: list[bool]) -> Doc:
        assert breaks == [True, False, False, True, False]
        doc = Doc(Vocab(), words=words)
        doc.spans["source"] = SpanGroup(doc, spans=[Span(doc, 0, 1)])
        doc.spans["cue"] = SpanGroup(doc, spans=[Span(doc, 1, 3)])
        doc.spans["content"] = SpanGroup(doc, spans=[Span(doc, 3, 5), Span(doc, 2, 3)])
        return doc


def test_attribution_counts_exact_spans(tmp_path: Path) -> None:
    rows = [
        {"id": "x", "tokens": ["He", "said", "so"], "labels": ["B-source", "B-cue", "B-content"]},
        {"id": "x", "tokens": ["It", "rained"], "labels": ["B-content", "I-content"]},
    ]
    path = tmp_path / "made.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    figures = attribution.measure(Attributing(), attribution.documents([path]))  # type: ignore[arg-type]
    assert (figures["source_f1"], figures["cue_f1"], figures["content_f1"]) == (100, 0, 100)


def test_speed_reads_texts_and_gives_every_figure(tmp_path: Path) -> None:
    plain = tmp_path / "made.txt"
    plain.write_text("Two shells fell on the square, witnesses said.")
    rows = tmp_path / "made.jsonl"
    rows.write_text(json.dumps({"text": "It rained."}) + "\n")
    found = list(speed.texts([plain, rows]))
    assert len(found) == 2
    figures = speed.measure(found, None, read=len)
    assert figures["ratio_minilm"] is None
    assert all(value for key, value in figures.items() if key != "ratio_minilm")
    rows.write_text("{}\n")
    with pytest.raises(ValueError, match=r"made\.jsonl"):
        list(speed.texts([rows]))


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    path.write_text('{"a": 1}\n{"a"\n')
    with pytest.raises(ValueError, match="line 2"):
        list(lines(path))


def test_a_record_names_no_folder(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    record("parsing", {"las": 86.5, "ratio": None}, results, ["/somewhere/test.conllu", "--stripped", "--record"])
    written = results.read_text()
    assert "`python -m benchmarks.parsing test.conllu --stripped`: las 86.50, ratio -" in written
    assert "somewhere" not in written


def test_reports_end_with_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.common import report

    report("made", {"f1": 12.34567, "none": None}, [], SimpleNamespace(json=True, record=False))  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out.strip().splitlines()[-1]) == {"f1": 12.346, "none": None}


class Naming:
    def parse_words(self, words: list[str]) -> Doc:
        doc = Doc(Vocab(), words=words, ents=["B-PERSON", *["O"] * (len(words) - 1)])
        spans = [(0, 1, "ORG"), (2, 4, "WEAPON"), (4, 5, "PERSON"), (5, 6, "NATIONALITY")]
        doc.spans["things"] = SpanGroup(doc, spans=[Span(doc, a, b, label=kind) for a, b, kind in spans])
        return doc


def test_names_are_counted_by_group_and_parties_are_no_persons(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    gold = ["B-Organisation", "O", "B-MilitaryPlatform", "I-MilitaryPlatform", "B-Location", "B-DocumentReference"]
    words = ["Daesh", "seized", "battle", "tanks", "Idlib", "Annex"]
    path.write_text("\n".join(f"{w}\t{label}" for w, label in zip(words, gold, strict=True)))
    figures = names.measure(Naming(), re3d.read(path), lambda text: text == "Daesh")  # type: ignore[arg-type]
    assert (figures["organisation_f1"], figures["weapon_f1"], figures["place_f1"]) == (100, 100, 0)
    assert figures["f1"] == pytest.approx(200 * 2 / 6)
    assert figures["parties_as_persons"] == 1


class Rating:
    def __init__(self, values: list[float | None]) -> None:
        self.values = values

    def parse_words(self, words: list[str]) -> Doc:
        doc = Doc(Vocab(), words=words)
        doc.user_data["made"] = self.values
        Token.set_extension("happened", getter=lambda t: t.doc.user_data["made"][t.i], force=True)
        return doc


def test_certainty_is_a_correlation_with_the_mean_ratings() -> None:
    passage = Passage(["a", "b", "c", "d"], [True] * 4, [True, False, False, False], [1, 0, 0, 0])
    rated = [(passage, [(0, -3.0), (1, 0.0), (3, 3.0)])]

    def rule(token: Token) -> float:
        return 3.0 - token.i

    figures = certainty.measure(Rating([-2.0, 1.0, 9.0, 4.0]), iter(rated), rule)  # type: ignore[arg-type]
    assert figures["pearson"] == pytest.approx(100)
    assert figures["mae"] == pytest.approx(1)
    assert figures["rules"] == pytest.approx(-98.2, abs=0.1)
    assert figures["predicates"] == 3
    missing = certainty.measure(Rating([None] * 4), iter(rated), rule)  # type: ignore[arg-type]
    assert missing["pearson"] is None
    assert missing["rules"] is not None
