"""One attribution as the parse shows it, and what the rules that find them ask of words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corroborate.knowledge.lexicon import lexicon as lexicon_of
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

IsOutlet = Callable[["Token"], bool]
"""Says of the head of a noun phrase whether it names an outlet or an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One attribution in tokens: `anchor` is the cue's head, `source` the head of the source's noun phrase."""

    anchor: int
    cue: tuple[int, int]
    source: int | None
    content: frozenset[int]
    does: str
    rule: str
    via: tuple[int, ...] = ()  # heads of noun phrases, from the nearest to the document on
    nobody: bool = False  # the form names nobody ("it was reported that")
    flags: tuple[str, ...] = ()


def can_tell(noun: Token) -> bool:
    """Say whether a noun is of those that tell something: people, bodies, documents, recordings."""
    words = lexicon_of("cues")["sources"]
    groups = ("documents", "recordings", "person_heads", "organisation_heads", "unnamed_heads", "outlet_heads")
    return noun.pos_ == "PROPN" or any(lemma_of(noun) in words[group] for group in groups)


def is_happening(token: Token) -> bool:
    """Say whether a noun phrase under "of" can be what is reported: a happening, or people with a clause."""
    if token.tag_ == "VBG" or any(syntax.base(c) == "acl" for c in token.children):
        return True
    return token.pos_ == "NOUN"


def case_of(token: Token) -> str:
    """Return the preposition of a noun phrase in small letters, empty where it has none."""
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def mark_of(token: Token) -> str:
    """Return the word that opens a clause ("that", "if") in small letters, empty where there is none."""
    return next((c.lower_ for c in token.children if c.dep_ == "mark"), "")


def below(token: Token | None) -> set[int]:
    """Return the tokens under one, itself included; none for None."""
    return syntax.subtree(token) if token is not None else set()


def antecedent(pronoun: Token, governor: Token) -> Token | None:
    """Return the noun that "who" or "which" stands for: the governor, where its name ends right before the pronoun.

    "The bill levied by the union, which argued that ...": the tree's noun is not the nearest, and nobody is named.
    """
    before = next((t for t in reversed(pronoun.doc[governor.i : pronoun.i]) if not t.is_punct), None)
    beside = before is not None and (before.i == governor.i or syntax.base(before) in ("flat", "nmod", "appos"))
    named = before is not None and before.i < syntax.noun_phrase(governor)[1]
    if governor.pos_ not in ("NOUN", "PROPN") or not (beside and named):
        return None
    person = pronoun.lower_ in ("who", "whom")
    return None if person and not (governor.pos_ == "PROPN" or can_tell(governor) or _is_person(governor)) else governor


def _is_person(noun: Token) -> bool:
    words = lexicon_of("numbers")["counted"]
    return any(noun.lower_ in group for key, group in words.items() if key != "source")
