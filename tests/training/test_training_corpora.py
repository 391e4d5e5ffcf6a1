import gzip
import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from training import factuality, polnear, re3d, riqua, treebank
from training.passage import ROOT, UNKNOWN

CONLLU = """# newdoc id = GUM_news_made
# newpar
# sent_id = 1
1\tOmar\tOmar\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-sgl)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
4\tvisit\tvisit\tVERB\tVB\t_\t2\txcomp\t_\t_
4.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-organization-new-nnnnn-cf2-2,4-sgl
6\tUniversity\tUniversity\tPROPN\tNNP\t_\t4\tobj\t_\t_
7\tof\tof\tADP\tIN\t_\t8\tcase\t_\t_
8\tBasra\tBasra\tPROPN\tNNP\t_\t6\tnmod\t_\tEntity=(3-place-new-nnnnn-cf3-1-sgl)2)|SpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = 2
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = GUM_fiction_made
# newpar
# sent_id = 3
1\tGone\tgo\tVERB\tVBN\t_\t0\troot\t_\t_

"""


def test_treebanks_are_read_in_documents_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "made.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    (passage,) = treebank.read(path, without=("fiction",))
    assert passage.words == ["Omar", "did", "n't", "visit", "the", "University", "of", "Basra", ".", "Rain"]
    assert passage.heads == [1, ROOT, 1, 1, 5, 3, 7, 5, 1, ROOT]
    assert passage.starts == [1] + [0] * 8 + [1]
    assert passage.breaks == [True] + [False] * 9
    assert passage.spaces[7] is False
    assert passage.names == ["B-PERSON", "O", "O", "O", "O", "B-ORG", "I-ORG", "I-ORG", "O", "O"]
    assert [len(p) for p in treebank.read(path)] == [10, 1]


def test_a_treebank_line_that_is_cut_is_named(tmp_path: Path) -> None:
    path = tmp_path / "made.conllu"
    path.write_text("1\tOmar\n")
    with pytest.raises(ValueError, match="line 1"):
        list(treebank.read(path))


def test_stand_off_annotations_become_labels(tmp_path: Path) -> None:
    text = "He said it rained.\n\nIt snowed too."
    note = (
        "T1\tSource 0 2\tHe\nT2\tCue 3 7\tsaid\nT3\tContent 8 29;30 33\tit rained. It snowed too\nE1\tAttribution:T4\n"
    )
    archive = tmp_path / "train.tar.gz"
    with tarfile.open(archive, "w:gz") as made:
        for name, content in (("train/text/a_b.txt", text), ("train/attributions/a_b_x1.ann", note)):
            data = content.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    ((passage,),) = polnear.read(archive)
    assert passage.words == ["He", "said", "it", "rained", ".", "It", "snowed", "too", "."]
    assert passage.attribution == [
        "B-source",
        "B-cue",
        "B-content",
        "I-content",
        "I-content",
        "B-content",
        "I-content",
        "B-content",
        "O",
    ]
    assert passage.starts == [1, 0, 0, 0, 0, 1, 0, 0, 0]


def test_reports_bring_things_and_names(tmp_path: Path) -> None:
    path = tmp_path / "made.txt.gz"
    rows = [
        ("The", "B-Organisation"),
        ("army", "I-Organisation"),
        ("fired", "O"),
        ("a", "O"),
        ("mortar", "B-Weapon"),
        ("at", "O"),
        ("Idlib", "B-Location"),
    ]
    rows_lower = [("rebels", "B-Organisation")]
    text = "\n\n".join("\n".join(f"{w}\t{label}" for w, label in block) for block in (rows, rows_lower))
    path.write_bytes(gzip.compress(text.encode()))
    first, second = re3d.read(path)
    assert first.things == ["B-ORG", "I-ORG", "O", "O", "B-WEAPON", "O", "B-LOC"]
    assert first.names == ["B-ORG", "I-ORG", "O", "O", None, "O", "B-LOC"]
    assert second.names == [None]


def test_spans_are_swapped_for_others_of_their_type(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    rows = [
        [("The", "B-Organisation"), ("army", "I-Organisation"), ("shelled", "O"), ("Idlib", "B-Location")],
        [("Rebels", "B-Organisation"), ("left", "O"), ("Hama", "B-Location"), ("city", "I-Location"), (".", "O")],
    ]
    path.write_text("\n\n".join("\n".join(f"{w}\t{label}" for w, label in block) for block in rows))
    given = list(re3d.read(path))
    assert [p.words for p in re3d.swapped(given, random.Random(1), rate=0)] == [p.words for p in given]
    seen = {" ".join(p.words): p for k in range(40) for p in re3d.swapped(given, random.Random(k), rate=1)}
    assert {"The army shelled Hama city", "Rebels shelled Idlib", "The army left Idlib ."} <= set(seen)
    assert seen["Rebels shelled Hama city"].things == ["B-ORG", "O", "B-LOC", "I-LOC"]
    assert seen["Rebels shelled Hama city"].names == ["B-ORG", "O", "B-LOC", "I-LOC"]


def test_novels_bring_attributions_and_no_sentences(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl.gz"
    rows = [
        {
            "id": "a",
            "tokens": ["``", "Go", "''", "she", "said"],
            "labels": ["B-content", *["I-content"] * 2, "B-source", "B-cue"],
        },
        {"id": "a", "tokens": ["He", "went"], "labels": ["O", "O"]},
        {"id": "b", "tokens": ["Rain"], "labels": ["O"]},
    ]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    first, second = riqua.read(path)
    assert first.breaks == [True, False, False, False, False, True, False]
    assert set(first.starts) == {UNKNOWN}
    assert first.attribution == first.speech == [*rows[0]["labels"], "O", "O"]
    assert second.words == ["Rain"]


def judged(rows: list[tuple[object, ...]], path: Path) -> Path:
    names = "Split Annotator.ID Display.Position Sentence.ID Pred.Token Pred.Lemma Is.Predicate Is.Understandable"
    lines = ["\t".join([*names.split(), "Happened", "Confidence", "Keep"])]
    for split, sentence, token, lemma, happened, confidence, keep in rows:
        lines.append(
            "\t".join(
                map(
                    str,
                    (
                        split,
                        1,
                        1,
                        f"en-ud-{split}.conllu {sentence}",
                        token,
                        lemma,
                        True,
                        True,
                        happened,
                        confidence,
                        keep,
                    ),
                )
            )
        )
    data = "\n".join(lines).encode()
    with tarfile.open(path, "w:gz") as made:
        member = tarfile.TarInfo("it-happened/" + factuality.FILE)
        member.size = len(data)
        made.addfile(member, io.BytesIO(data))
    return path


def test_ratings_are_means_and_follow_their_documents(tmp_path: Path) -> None:
    archive = judged(
        [
            ("train", 1, 2, "fall", "true", 4, True),
            ("train", 1, 2, "fall", "false", 2, True),
            ("train", 1, 2, "fall", "false", 4, False),
            ("train", 2, 1, "leave", "false", 4, True),
            ("train", 3, 1, "rain", "true", 4, True),
            ("train", 3, 2, "na", "na", "na", True),
            ("dev", 1, 1, "rain", "true", 4, True),
        ],
        tmp_path / "it-happened.tar.gz",
    )
    ratings = factuality.read(archive, "train")
    assert ratings == {1: {2: ("fall", 0.75)}, 2: {1: ("leave", -3.0)}, 3: {1: ("rain", 3.0)}}
    # The later release has the documents in another order and one sentence's words cut differently.
    documents = [[["rain", "."]], [["shell", "fall"], ["he", "leave"]]]
    assert factuality.aligned(ratings, documents) == [[{0: 3.0}], [{1: 0.75}, {}]]
    assert factuality.flat(ratings, documents) == [{0: 3.0}, {1: 0.75}]
    with pytest.raises(KeyError):
        factuality.read(made_empty(tmp_path / "empty.tar.gz"), "train")


def made_empty(path: Path) -> Path:
    with tarfile.open(path, "w:gz"):
        return path


def test_lemmas_come_by_document_and_sentence(tmp_path: Path) -> None:
    path = tmp_path / "made.conllu"
    path.write_text(CONLLU)
    found = treebank.lemmas(path)
    assert [len(document) for document in found] == [2, 1]
    assert found[0][0][:4] == ["Omar", "do", "not", "visit"]
