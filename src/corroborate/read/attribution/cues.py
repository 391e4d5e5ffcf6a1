"""The cue lexicon: by which words somebody is given as a source, and what each does with what is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corroborate.knowledge.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of cues.toml, by what is asked of them; all are lemmas in small letters."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    addressee_object: frozenset[str]
    addressee_to: frozenset[str]
    noun_content: frozenset[str]
    quotes_object: frozenset[str]
    charges_object: frozenset[str]
    figure_content: frozenset[str]
    figure_nouns: frozenset[str]
    clause_only: frozenset[str]
    asks: frozenset[str]

    def does(self, token: Token) -> str | None:
        """Return what a verb or noun does as a cue, or None where it is none."""
        lemma = lemma_of(token)
        if token.pos_ in ("VERB", "AUX"):
            return self.verbs.get(lemma)
        if token.pos_ == "NOUN":
            return self.nouns.get(lemma)
        # The tagger takes a few cues for something else ("according", "Asked"): the verb list decides on its forms.
        return self.verbs.get(lemma) if token.tag_.startswith("VB") else None


@cache
def cues() -> Cues:
    """Return the cue lexicon of the package, read once."""
    data = lexicon("cues")
    frames = {name: frozenset(words) for name, words in data["frames"].items()}
    return Cues(
        verbs=_inverted(data["verbs"]),
        nouns=_inverted(data["nouns"]),
        **{
            name: frames[name]
            for name in (
                "addressee_object",
                "addressee_to",
                "noun_content",
                "quotes_object",
                "charges_object",
                "figure_content",
                "figure_nouns",
                "clause_only",
                "asks",
            )
        },
    )


def lemma_of(token: Token) -> str:
    """Return a token's lemma in small letters, its form where the parser gave none."""
    return (token.lemma_ or token.text).lower()


def _inverted(groups: dict[str, list[str]]) -> dict[str, str]:
    return {word: does for does, words in groups.items() for word in words}
