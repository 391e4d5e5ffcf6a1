"""Docs built by hand, so that the finders can be tried without the encoder's weights."""

import spacy
from spacy.tokens import Doc

_NLP = spacy.blank("en")


def plain(text: str, names: dict[str, str] | None = None) -> Doc:
    """Return the text as a Doc with nothing but its words, and the given names as entities ({"Raqqa": "LOC"})."""
    doc = _NLP(text)
    spans = []
    for name, label in (names or {}).items():
        at = text.find(name)
        while at >= 0:
            span = doc.char_span(at, at + len(name), label=label)
            if span is not None:
                spans.append(span)
            at = text.find(name, at + len(name))
    doc.ents = spacy.util.filter_spans(spans)
    return doc


def parsed(words: list[str], heads: list[int], deps: list[str], tags: list[str] | None = None) -> Doc:
    """Return a Doc of these words with a dependency parse (`heads` are positions) and coarse tags."""
    return Doc(_NLP.vocab, words=words, heads=heads, deps=deps, pos=tags)
