"""The encoder with the package's own weights, on texts made for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from corroborate.read.encoder import Encoder

REPORT = (
    "The ministry said on Friday that 12 people were killed in Qasr al-Nahr.\n\n"
    'A monitor put the toll at 20. "They came at night," Mr. Haddad told reporters.'
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(
        st.sampled_from(
            list("aB .,\n\t-'’“”5é\u00a0\u200b\U0001f600"),
        ),
        max_size=60,
    )
    | st.text(max_size=40)
)
def test_the_text_is_kept_whatever_it_is(encoder: Encoder, text: str) -> None:
    doc = encoder.parse(text)
    assert doc.text == text
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


def test_a_report_is_read(encoder: Encoder) -> None:
    doc = encoder.parse(REPORT)
    said = next(token for token in doc if token.text == "said")
    assert (said.pos_, said.lemma_, said.dep_) == ("VERB", "say", "ROOT")
    assert {child.text: child.dep_ for child in said.children}["ministry"] == "nsubj"
    assert [sentence[0].text for sentence in doc.sents][:2] == ["The", "A"]
    assert "The ministry" in [span.text for span in doc.spans["source"]]
    assert "that 12 people were killed in Qasr al-Nahr" in [span.text for span in doc.spans["content"]]
    assert "told" in [span.text for span in doc.spans["cue"]]
    for role in ("source", "cue", "content"):
        assert all(0 < span._.score <= 1 for span in doc.spans[role])


def test_capitals_show_sentences_that_lost_their_punctuation(encoder: Encoder) -> None:
    doc = encoder.parse("The army denied the claim The strike hit a market on Sunday It killed nine people")
    assert [sentence[0].text for sentence in doc.sents] == ["The", "The", "It"]
    assert doc[0]._.boundary > 0.5 > doc[1]._.boundary


def test_paragraphs_and_given_breaks_start_sentences(encoder: Encoder) -> None:
    doc = encoder.parse("Shelling in the\n\nnorth of the city")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Shelling in the", "north of the city"]
    text = "Shelling in the north of the city"
    assert [sentence.text for sentence in encoder.parse(text, breaks=[16]).sents] == [
        "Shelling in the",
        "north of the city",
    ]


def test_nothing_gives_nothing(encoder: Encoder) -> None:
    for text in ("", " ", "\n\n \t"):
        doc = encoder.parse(text)
        assert doc.text == text
        assert not doc.ents
        assert not doc.spans["source"]


def test_what_is_read_beside_a_text_does_not_change_it(encoder: Encoder) -> None:
    texts = [REPORT, "", "Two shells fell on the square.", REPORT * 8]
    together = list(encoder.parse_many(texts))
    for text, doc in zip(texts, together, strict=True):
        alone = encoder.parse(text)
        assert doc.to_json() == alone.to_json()
        for role in ("source", "cue", "content"):
            scores = [span._.score for span in doc.spans[role]]
            assert scores == pytest.approx([span._.score for span in alone.spans[role]])


def test_given_words_and_sentences_are_kept(encoder: Encoder) -> None:
    words = ["He", "left", "Raqqa", "They", "stayed"]
    doc = encoder.parse_words(words, sent_starts=[True, False, False, True, False])
    assert [token.text for token in doc] == words
    assert [bool(token.is_sent_start) for token in doc] == [True, False, False, True, False]
    assert doc[1].lemma_ == "leave"
    with pytest.raises(ValueError, match="marks"):
        encoder.parse_words(words, sent_starts=[True])


def test_a_long_text_is_read_to_its_end(encoder: Encoder) -> None:
    sentences = [f"Officer {k} said that {k + 2} houses were destroyed." for k in range(60)]
    doc = encoder.parse(" ".join(sentences))
    found = [sentence.text for sentence in doc.sents]
    assert len(set(sentences) & set(found)) >= 58
    assert sum(span.text == "said" for span in doc.spans["cue"]) >= 50


def test_what_was_found_survives_being_written_out(encoder: Encoder) -> None:
    doc = encoder.parse(REPORT)
    again = Doc(encoder.vocab).from_bytes(doc.to_bytes())
    assert [span._.score for span in again.spans["source"]] == [span._.score for span in doc.spans["source"]]
    assert [token._.boundary for token in again] == [token._.boundary for token in doc]


def test_missing_weights_are_named(tmp_path: object) -> None:
    with pytest.raises(FileNotFoundError, match=r"encoder\.onnx"):
        Encoder(tmp_path)  # type: ignore[arg-type]
