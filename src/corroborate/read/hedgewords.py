"""The words of certainty as the reader asks for them: hedges.toml by what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corroborate.knowledge.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class HedgeWords:
    """The words of hedges.toml by what is asked of them, in small letters."""

    modals: frozenset[str]
    obliging: frozenset[str]
    negations: frozenset[str]
    negative_determiners: frozenset[str]
    negative_pronouns: frozenset[str]
    not_negating: frozenset[tuple[str, str]]
    negating_verbs: frozenset[str]
    without: frozenset[str]
    unable: frozenset[str]
    hedges: frozenset[str]
    hedging_verbs: frozenset[str]
    hedging_passives: frozenset[str]
    possible: frozenset[str]
    possible_nouns: frozenset[str]
    selecting: frozenset[str]
    adjectives_to: frozenset[str]
    conditional: frozenset[str]
    so_called: tuple[str, ...]
    conceded: tuple[str, ...]
    counts: frozenset[str]
    occurs: frozenset[str]
    done: frozenset[str]
    results: frozenset[str]
    given: frozenset[str]
    ventures: frozenset[str]


@cache
def hedge_words() -> HedgeWords:
    """Return the package's words."""
    data = lexicon("hedges")
    hedged, speculated, negated = data["hedged"], data["speculated"], data["negated"]
    return HedgeWords(
        modals=frozenset(speculated["modals"]),
        obliging=frozenset(speculated["obliging"]),
        negations=frozenset(negated["words"]),
        negative_determiners=frozenset(negated["determiners"]),
        negative_pronouns=frozenset(negated["pronouns"]),
        not_negating=frozenset((first, second) for first, second in negated["not_negating"]),
        negating_verbs=frozenset(negated["verbs"]),
        without=frozenset(negated["prepositions"]),
        unable=frozenset(negated["adjectives"]),
        hedges=frozenset(hedged["adverbs"]) | frozenset(hedged["adjectives"]),
        hedging_verbs=frozenset(hedged["verbs"]),
        hedging_passives=frozenset(hedged["passives"]),
        possible=frozenset(speculated["adverbs"]) | frozenset(speculated["adjectives"]),
        possible_nouns=frozenset(speculated["nouns"]),
        selecting=frozenset(speculated["selecting"]),
        adjectives_to=frozenset(speculated["adjectives_to"]),
        conditional=frozenset(speculated["conditional_marks"]),
        so_called=tuple(data["rhetorical"]["so_called"]),
        conceded=tuple(data["rhetorical"]["concessive_argue"]),
        counts=frozenset(data["named"]["counts"]),
        occurs=frozenset(data["named"]["occurs"]),
        done=frozenset(data["named"]["done"]),
        results=frozenset(data["named"]["results"]),
        given=frozenset(data["named"]["given"]),
        ventures=frozenset(data["named"]["ventures"]),
    )
