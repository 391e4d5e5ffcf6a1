"""What a noun phrase names: the party by the register, the kind of source, and whether it is an outlet or an office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corroborate.knowledge.parties import Parties
from corroborate.model import PartyMention, SourceKind
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.grammar import syntax
from corroborate.read.grammar.words import Words
from corroborate.read.who import party_of_role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AGAINST = frozenset({"opposition", "rebel", "rebels", "dissident", "exiled", "anti-government", "former", "ex"})


class Phrases:
    """The noun phrases of one document, given its mentions of parties and the words for sources, by group."""

    def __init__(
        self,
        doc: Doc,
        parties: Parties,
        mentions: Sequence[PartyMention],
        words: dict[str, frozenset[str]],
        is_city: Callable[[str], bool],
    ) -> None:
        self._doc = doc
        self._parties = parties
        self._mentions = mentions
        self._words = words
        self._is_city = is_city
        self.text = Words.of(doc).text

    def is_outlet(self, head: Token) -> bool:
        """Say whether a noun phrase names an outlet or an agency: by the register, or by its noun ("the newspaper")."""
        party = self.party_at(head)
        if party is not None:
            return self._parties.source_kind(party) in ("outlet", "agency")
        if head.pos_ == "PROPN" and head.lower_ in self._words["outlet_names"] and head.i:
            return self._doc[head.i - 1].text[:1].isupper()
        words = {lemma_of(head), *(lemma_of(c) for c in head.children if c.dep_ in ("compound", "flat", "appos"))}
        return bool(words & (self._words["outlet_heads"] | self._words["agency_heads"]))

    def party_of_words(self, low: int, high: int) -> str | None:
        """Return the party that words (tokens `low` to `high`) speak for by a role in it, null where they oppose it."""
        found = party_of_role(self._doc[low:high], self._parties, self._mentions)
        # Those who oppose a state are called by its name as well ("the Syrian opposition's spokesman").
        against = any(self._doc[i].lower_ in _AGAINST for i in range(low, high))
        return (
            None if found is not None and against and self._parties.speaks_for(found) == found.split(".")[0] else found
        )

    def party(self, head: Token, low: int, high: int) -> str | None:
        """Return the party that a phrase names or speaks for."""
        at = self.party_at(head)
        if at is not None:
            return at
        found = self.party_of_words(low, high) or self._in_small_letters(low, high)
        if found is not None or head.pos_ != "NOUN":
            return found
        # "Observatory sources": nameless people of a named body; a state's name says nothing ("Syria activists").
        near = {
            p
            for c in head.children
            if c.dep_ == "compound" and (p := self.named_at(c)) and not self._parties.is_state(p)
        }
        return near.pop() if len(near) == 1 else None

    def _in_small_letters(self, low: int, high: int) -> str | None:
        """Return the party whose whole name a phrase of three words or more is ("the un commission of inquiry on x"):
        a transcript has no capitals for the register's search to begin at.
        """
        words = [self._doc[i].lower_ for i in range(low, high)]
        words = words[1:] if words[0] in ("the", "a", "an") else words
        return self._parties.by_alias(" ".join(words)) if len(words) >= 3 else None

    def party_at(self, head: Token) -> str | None:
        """Return the party that a noun names, itself or by a name beside it ("the children's agency X")."""
        found = self.named_at(head)
        if found is not None or head.pos_ == "PROPN":
            # "Moscow denied it": a city by whose name a government goes.
            return found or (self._parties.seat(head.text) if self._is_city(head.text) else None)
        beside = {
            p for c in head.children if syntax.base(c) in ("appos", "flat") and c.i > head.i and (p := self.named_at(c))
        }
        return beside.pop() if len(beside) == 1 else None

    def named_at(self, head: Token) -> str | None:
        """Return the party whose name covers a word."""
        start, end = head.idx, head.idx + len(head)
        for mention in self._mentions:
            if mention.start < end and start < mention.end and mention.party is not None:
                # "Syrian army sources": a name that only precedes the head in its compound does not cover it.
                return mention.party
        return None

    def kind(self, head: Token, low: int, high: int) -> SourceKind:
        """Return what kind of source a phrase names."""
        party = self.party_at(head)
        lemma = lemma_of(head)
        if party is not None and not self.is_of_office(head):
            return self._parties.source_kind(party)
        if head.pos_ == "PROPN" and high - low > 1 and head.text[:1].isupper():
            if lemma in self._words["agency_heads"]:
                return "agency"
            if head.lower_ in self._words["outlet_names"] and self._doc[head.i - 1].text[:1].isupper():
                return "outlet"
        if head.ent_type_ in ("ORG", "LOC", "GPE") and head.pos_ == "PROPN":
            return "outlet" if self.is_outlet(head) else "organisation"
        if lemma in self._words["documents"]:
            return "document"
        if lemma in self._words["recordings"]:
            return "recording"
        if lemma in self._words["agency_heads"] and any(
            lemma_of(c) in ("news", "press", "state") for c in head.children
        ):
            return "agency"
        if lemma in self._words["outlet_heads"]:
            return "outlet"
        if lemma in self._words["unnamed_heads"] or lemma in self._words["unnamed_pronouns"]:
            return "unnamed"
        if lemma in self._words["organisation_heads"]:
            return "organisation"
        if lemma in self._words["person_heads"]:
            return "person" if head.tag_ in ("NN", "NNP") else "unnamed"
        return "organisation" if head.pos_ == "PROPN" else "unnamed"

    def is_office(self, head: Token) -> bool:
        """Say whether a word is what somebody is called by office or trade ("Governor")."""
        return lemma_of(head) in self._words["person_heads"]

    def is_of_office(self, head: Token) -> bool:
        """Say whether a phrase is of somebody who speaks for a party ("the ambassador"), not of it."""
        return head.pos_ == "NOUN" and (
            lemma_of(head) in self._words["person_heads"] or lemma_of(head) in self._words["unnamed_heads"]
        )

    def said(self, low: int, high: int) -> str:
        """Return the words of tokens `low` to `high`."""
        return self.text[self._doc[low].idx : self._doc[high - 1].idx + len(self._doc[high - 1])]
