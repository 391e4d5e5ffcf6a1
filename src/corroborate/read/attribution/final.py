"""Verbs of saying that close a sentence behind what is said, and who says it there where the parse has no subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corroborate.knowledge.events import event_lexicon
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.attribution.reading import case_of
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that may close a sentence behind what is said.
_FINAL = frozenset(
    {
        "say",
        "tell",
        "add",
        "report",
        "announce",
        "state",
        "confirm",
        "claim",
        "write",
        "note",
        "declare",
        "explain",
        "warn",
        "reveal",
        "stress",
    }
)


def is_final(verb: Token) -> bool:
    """Say whether a verb is one of those that plainly tell ("add", "say", "warn")."""
    return lemma_of(verb) in _FINAL


def speaker_before(verb: Token) -> Token | None:
    """Return the head of the noun phrase directly before a verb of saying that has no subject in the tree.

    "... was hit by the army, [a source in the council] told X": the parser hung it on a word of what is said.
    """
    if lemma_of(verb) not in _FINAL or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i - verb.sent.start < 2:
        return None
    at = verb.nbor(-1) if verb.nbor(-1).text != "," else verb.nbor(-2)
    if at.pos_ not in ("NOUN", "PROPN"):
        return None
    end = at.i + 1
    while base_of_name(at) and at.head.i < verb.i and at.head.pos_ in ("NOUN", "PROPN"):
        at = at.head
    if syntax.base(at) == "appos" and at.pos_ == "PROPN" and at.head.pos_ == "NOUN" and end < verb.i:
        at = at.head  # "its chief, Moussa Tal, said"
    low, high = syntax.noun_phrase(at)
    opened = at.pos_ == "PROPN" or any(c.tag_ in ("DT", "PRP$") or c.dep_ == "nmod:poss" for c in at.children)
    if high in (end, verb.i) and low > verb.sent.start and opened and not case_of(at):
        return at
    # "the head of the fishermen's association, Yahya Suleiman, told": a person's name between two commas.
    name = verb.nbor(-2)
    first = name
    while first.i - 1 > verb.sent.start and first.nbor(-1).ent_type_ == name.ent_type_:
        first = first.nbor(-1)
    parted = verb.nbor(-1).text == "," and first.nbor(-1).text == "," if first.i > verb.sent.start else False
    return name if parted and name.ent_type_ in ("PERSON", "PER") else None


def is_arms(token: Token) -> bool:
    """Say whether a noun is of arms, which tell nothing: "rockets fired at X killed four, the mayor told Y"."""
    arms = event_lexicon().classes["weapon"]
    # "Rockets" at a sentence's start is often tagged a name; "Shell" is one.
    several = token.lower_.endswith("s") and token.lower_[:-1] in arms
    return several or (token.pos_ == "NOUN" and lemma_of(token) in arms)


def base_of_name(token: Token) -> bool:
    """Say whether a noun only completes the one that it hangs on ("source [in the council]", "[district] court")."""
    return syntax.base(token) in ("nmod", "compound", "flat", "amod", "goeswith")


def rest_before(verb: Token) -> frozenset[int]:
    """Return what stands before "the ministry said" at a sentence's end, wherever the parser hung it (a lost comma)."""
    source, sent = syntax.own_subject(verb) or speaker_before(verb), verb.sent
    if source is None or source.i > verb.i or source.tag_ in ("WDT", "WP") or lemma_of(verb) not in _FINAL:
        return frozenset()
    left = min(syntax.subtree(source)) if source.head.i == verb.i else syntax.noun_phrase(source)[0]
    own = syntax.subtree(verb)
    closes = all(t.i in own or t.is_punct or t.is_space for t in sent[verb.i - sent.start :])
    told = any(t.tag_ in ("VBD", "VBZ", "VBP") for t in sent[: max(0, left - sent.start)])
    if not closes or not told or (source.head.i == verb.i and verb.i - source.i > 4):
        return frozenset()
    return frozenset(range(sent.start, left))
