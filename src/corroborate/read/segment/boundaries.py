"""A second look at where sentences start in text that lost its punctuation.

A boundary that the encoder misses puts two clauses into one tree, and the subject of the second into the first: that is
how a wrong speaker comes about. Three places are plain enough on the surface to be asked for when the text is parsed
again: a capitalised word of grammar in mid-sentence, a name directly behind the agency that was told something, and a
fair chance of a boundary within a sentence that is longer than sentences are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import Cues, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Text with less than one full stop, question or exclamation mark to this many words has lost them: the sentences of
# GUM's news have 20 words in the mean, and 4% of them more than 45.
_WORDS_PER_STOP = 60
# A sentence of more words than this, in text without punctuation, is rather two (see above).
_LONG = 45
# Within one, a capitalised word with this probability of starting a sentence is taken to do so: not tuned, since a
# sentence as long as that has lost a boundary somewhere.
_CHANCE = 0.2
_GRAMMAR = frozenset({"ADP", "DET", "PRON", "SCONJ", "CCONJ", "ADV", "AUX"})
_MARKS = frozenset(".!?:;,\"“”'’()[]-–—…/|")


def is_stripped(doc: Doc | Span) -> bool:
    """Say whether a text, or a stretch of one, has lost the marks that end its sentences."""
    words = sum(not token.is_space and not token.is_punct for token in doc)
    stops = sum(token.text in {".", "!", "?"} for token in doc)
    return words > _WORDS_PER_STOP and stops * _WORDS_PER_STOP < words


def missed(doc: Doc, lexicon: Cues, outlets: Callable[[Doc], list[tuple[int, int]]]) -> list[int]:
    """Return the offsets (code points) where a sentence should start and does not; none in text with punctuation.

    `outlets` returns the stretches (code points) of a document that name an outlet or an agency.
    """
    if not is_stripped(doc):
        return []
    ends = {end for _, end in outlets(doc)}
    found = []
    for sent in doc.sents:
        titled = _is_titled(sent)
        long = sum(not token.is_space for token in sent) > _LONG
        for token in sent:
            if token.i == sent.start or token.is_space or not token.text[0].isupper() or titled:
                continue
            if _is_grammar(token) or _behind_outlet(token, ends, lexicon) or (long and chance(token) >= _CHANCE):
                found.append(token.idx)
    return found


def _is_grammar(token: Token) -> bool:
    """Say whether a word of grammar has a capital that only a sentence's start explains ("Sunday According to")."""
    if token.pos_ not in _GRAMMAR and token.lower_ != "according":
        return False
    before, after = token.nbor(-1), token.nbor(1) if token.i + 1 < len(token.doc) else None
    plain = after is not None and after.is_lower and len(token.text) > 1
    return (
        plain and before.text not in _MARKS and token.text != "I" and not token.text.isupper() and token.ent_type_ == ""
    )


def _behind_outlet(token: Token, ends: set[int], lexicon: Cues) -> bool:
    """Say whether a new sentence begins with the name behind the outlet told something ("told A | B C said")."""
    before = token.nbor(-1)
    if before.idx + len(before) not in ends or token.pos_ != "PROPN":
        return False
    verb = next(
        (
            t
            for t in reversed(token.doc[max(token.sent.start, token.i - 7) : token.i])
            if lemma_of(t) in lexicon.addressee_object
        ),
        None,
    )
    if verb is None or any(t.lower_ == "that" for t in token.doc[verb.i : token.i]):
        return False
    # What is said must stand before already, in this sentence or the one before, and the name must speak itself.
    said = verb.i - token.sent.start >= 6 or token.sent.start > 0
    speaks = next((t for t in token.doc[token.i : token.sent.end] if t.tag_ in ("VBD", "VBZ", "VBP")), None)
    return said and speaks is not None and lexicon.does(speaks) is not None


def chance(token: Token) -> float:
    """Return how probable it is that a sentence starts at a token; 0 where no encoder says."""
    return float(token._.boundary) if token.has_extension("boundary") and token._.boundary is not None else 0.0


def _is_titled(sent: Span) -> bool:
    """Say whether a sentence is written in a headline's capitals, where they tell nothing."""
    words = [token for token in sent if token.is_alpha and len(token) >= 4]
    return len(words) < 3 or sum(token.text[0].isupper() for token in words) >= 0.7 * len(words)
