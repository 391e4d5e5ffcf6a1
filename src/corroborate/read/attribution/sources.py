"""What a source is: its name, its kind, and the party it speaks as; resolved within the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.model import PartyMention, Source, SourceKind
from corroborate.read.attribution.bodies import Bodies, Body, institution, proper_name
from corroborate.read.attribution.coreference import Heard, Known, People, Voices
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.attribution.phrases import Phrases
from corroborate.read.grammar import syntax
from corroborate.read.grammar.words import Words
from corroborate.read.who import party_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEAKER_PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their", "its", "him", "them"})
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})


@dataclass(frozen=True, slots=True)
class Named:
    """A source as resolved; `source` is None where somebody is meant and it is not sure who."""

    source: Source | None
    why: str = ""
    flags: tuple[str, ...] = ()


def _has_article(token: Token) -> bool:
    return any(c.tag_ == "DT" and c.i < token.i for c in token.children)


class Sources:
    """Resolves the sources of one document, in reading order: each one is remembered for those behind it."""

    def __init__(
        self,
        doc: Doc,
        parties: Parties,
        mentions: Sequence[PartyMention],
        is_city: Callable[[str], bool] = lambda _: False,
        day: date | None = None,
    ) -> None:
        self._is_city = is_city
        self._day = day
        self._doc = doc
        self.text = Words.of(doc).text
        self._parties = parties
        # All that is named may speak, also what is left out among those who act (a state as a place, an attribute).
        acting = [(m.start, m.end) for m in mentions]
        others = [
            PartyMention(start=start, end=end, text=self.text[start:end], party=party)
            for start, end, party in party_names(doc, parties)
            if not any(low < end and start < high for low, high in acting)
        ]
        self._mentions = [*mentions, *others]
        words = lexicon("cues")["sources"]
        self._words: dict[str, frozenset[str]] = {name: frozenset(group) for name, group in words.items()}
        self.phrases = Phrases(doc, parties, self._mentions, self._words, is_city)
        self._sentence_of = [0] * len(doc)
        for number, sent in enumerate(doc.sents):
            for token in sent:
                self._sentence_of[token.i] = number
        spans = [doc.char_span(m.start, m.end, alignment_mode="expand") for m in self._mentions]
        parties_at = {token.i for span in spans if span is not None for token in span}
        self.people = People(doc, frozenset(parties_at))
        self.voices = Voices(self.people, doc, self._sentence_of)
        known = [
            (span.start, span.end, m.party, self._parties.get(m.party).name.split(" (")[0])
            for m, span in zip(self._mentions, spans, strict=True)
            if span is not None and m.party is not None and not self._parties.is_state(m.party)
        ]
        self._bodies = Bodies(doc, known, self._words["organisation_heads"] | self._words["outlet_heads"])

    def speaker(self, low: int, high: int) -> Token | None:
        """Return the head of a phrase that stands alone (tokens `low` to `high`), where it names somebody who can
        speak: a body, an office, people, a person, a report; None for a place, a state or a topic.
        """
        words = self._words
        telling = words["unnamed_heads"] | words["organisation_heads"] | words["person_heads"] | words["agency_heads"]
        telling |= words["headline_heads"]
        phrase = self._doc[low:high]
        tells = [t for t in phrase if lemma_of(t) in telling or t.lower_ in telling]
        nominal = ("NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "PUNCT")
        if any((t.pos_ not in nominal and t not in tells) or t.text == "," for t in phrase):
            return None
        ends = (phrase.root, phrase[-1])
        head = next((t for t in ends if t in tells or self.phrases.party_at(t) is not None), None)
        if head is None:
            person = self.people.at(phrase.root)
            return phrase.root if person is not None and not self._is_city(person.name) else None
        party = self.phrases.party_at(head)
        return None if party is not None and self._parties.is_state(party) else head

    def announced(self, source: Source) -> Source:
        """Return who a headline means by "UN panel" or "monitor": the only body heard in the report that fits it."""
        words = source.text.lower().split()
        kind = next((kind for kind, nouns in lexicon("cues")["kin"].items() if words[-1] in nouns), None)
        if kind is None:
            return source
        fits = [
            h.source
            for h in self.voices.heard
            if h.source.kind == kind
            and not h.source.name.islower()
            and set(words[:-1]) <= set(f"{h.source.text} {h.source.name}".lower().split())
        ]
        if len({s.name for s in fits}) != 1:
            return source
        return replace(source, name=fits[0].name, kind=fits[0].kind, party=fits[0].party)

    def resolve(
        self, head: Token, run: tuple[int, int] | None, within: tuple[int, int], *, remember: bool = True
    ) -> Named:
        """Return the source whose phrase has this head; `run` are its tokens if known, `within` where pronouns look."""
        low, high = run or self._phrase(head)
        low, high = syntax.trim(self._doc, low, high)
        while high - 1 > head.i and self._doc[high - 1].pos_ == "AUX":
            high -= 1
        while low < head.i and self._doc[low].lower_ in ("as", "that", "according", "to", "by"):
            low += 1
        times = [i for i in range(head.i + 1, high) if self._doc[i].ent_type_ == "TEMPORAL"]
        if times:
            # "information in early June": when somebody said it is no part of who they are.
            high = times[0] - 1 if self._doc[times[0] - 1].dep_ == "case" and times[0] - 1 > head.i else times[0]
        high = self._without_occasion(head, high)
        if low >= high or head.lower_ in ("one", "you"):
            return Named(None)
        if lemma_of(head) in self._words["counts"] and self.phrases.party(head, low, high) is None:
            return Named(None, flags=("source_not_named",))  # "an earlier death toll said": somebody counted
        word = head.lower_
        if head.pos_ == "PRON" or word in _SPEAKER_PRONOUNS:
            return self._pronoun(head, low, high, within, remember)
        acronym = self._doc[high - 1]
        if acronym.i > low and acronym.i != head.i and acronym.dep_ != "nmod" and self._is_other_voice(acronym, low):
            # "in the province AGENCY reports" with its comma lost: what stands directly before the verb is who reports.
            head, low = acronym, acronym.i
        person = self._person(head)
        if person is not None and not (
            self.people.at(head) is person and (self._is_press(head) or self._is_seat(head, person))
        ):
            if self._is_followed_by_a_body(person, low, high):
                return Named(None, flags=("speakers_disagree",))
            return self._as_person(person, head, low, high, remember)
        party = self.phrases.party(head, low, high)
        if self._is_bare_description(head, low, high):
            found, why = self.voices.description(head, within)
            if found is not None:
                named = self._again(found, low, high)
                return self._heard(named, why, head, found.person if isinstance(found, Heard) else found, remember)
        if head.pos_ == "PROPN" and party is None and (again := self._surname(head, within)) is not None:
            source = self._source(low, high, again.source.name, again.source.kind, again.source.party)
            return self._heard(
                source, f"'{head.text}' is the last word of a name before it", head, again.person, remember
            )
        kind = self.phrases.kind(head, low, high)
        name, why = self._name(head, low, high), ""
        if (
            kind in ("organisation", "unnamed")
            and self.phrases.party_at(head) is None
            and (full := self._short_for(head, low, high))
        ):
            name, party, why = full.name, full.party or party, f"the document names one such body: {full.name}"
            kind = self._parties.source_kind(full.party) if full.party else "organisation"
        elif kind == "unnamed" and (body := institution(head, self._words["organisation_heads"])) is not None:
            # Nameless officials of one named institution are that institution's voice.
            kind, name = "organisation", self._name(body, *proper_name(self._doc, body, low, high))
            party = party or self.phrases.named_at(body)
        source = self._source(low, high, name, kind, party)
        return self._heard(source, why, head, None, remember)

    def _phrase(self, head: Token) -> tuple[int, int]:
        """Return a noun phrase, with the capitals before an outlet's name that the parse hung elsewhere."""
        low, high = syntax.noun_phrase(head)
        if low == head.i > head.sent.start and lemma_of(head) in self._words["agency_heads"]:
            # "syria meridian wire reports": an agency's name has a word before its noun, wherever that was hung
            before = self._doc[low - 1]
            low -= before.dep_ == "compound" and before.head.i == head.head.i
        if head.pos_ == "PROPN" and head.lower_ in self._words["outlet_names"] | self._words["outlet_heads"]:
            while low > head.sent.start and self._doc[low - 1].text[0].isupper() and self._doc[low - 1].pos_ == "PROPN":
                low -= 1
        return low, high

    def _surname(self, head: Token, within: tuple[int, int]) -> Heard | None:
        """Return the one person heard before whose name ends in this word, for names that no head recognised."""
        heard = [h for h in self.voices.heard if within[0] <= h.token < head.i and h.source.kind == "person"]
        same = [h for h in heard if h.source.name.lower().split()[1:][-1:] == [head.lower_]]
        return same[-1] if same and len({h.source.name for h in same}) == 1 else None

    def _short_for(self, head: Token, low: int, high: int) -> Body | None:
        """Return the body whose full name the document gives elsewhere ("the commission", "UN inquiry")."""
        if head.tag_ in ("NNS", "NNPS"):
            return None
        words = [self._doc[i].lower_ for i in range(low, high)]
        bare = len([w for w in words if w not in ("the", "a", "an", "this", "that")]) == 1
        if bare and lemma_of(head) not in self._words["organisation_heads"] | self._words["outlet_heads"]:
            return None
        indefinite = any(c.lower_ in ("a", "an") and c.i < head.i for c in head.children)
        return self._bodies.full(words, head.lower_, head.i if indefinite else -1)

    def _without_occasion(self, head: Token, high: int) -> int:
        """Return where a phrase ends before the occasion of speaking ("the group [in a report issued in Oslo]")."""
        for i in range(head.i + 1, high):
            said = lemma_of(self._doc[i]) in self._words["documents"] | self._words["occasions"]
            case = next((c for c in self._doc[i].children if c.dep_ == "case" and c.i > head.i), None)
            if said and case is not None and case.lower_ in ("in", "during", "on", "at", "after"):
                return case.i
        return high

    def _pronoun(self, head: Token, low: int, high: int, within: tuple[int, int], remember: bool) -> Named:
        word = head.lower_
        if word in self._words["unnamed_pronouns"] or head.tag_ in ("DT", "NN") or word in ("one", "others"):
            return self._heard(
                self._source(low, high, self.phrases.said(low, high), "unnamed", None), "", head, None, remember
            )
        if word in _FIRST_PERSON:
            return Named(None, flags=("first_person",))
        if word not in _SPEAKER_PRONOUNS:
            return Named(None, flags=("pronoun_unresolved",))
        found, why = self.voices.pronoun(head, within)
        if found is None:
            return Named(None, flags=("pronoun_unresolved",))
        source = self._again(found, low, high)
        return self._heard(source, why, head, found.person if isinstance(found, Heard) else found, remember)

    def _again(self, found: Heard | Known, low: int, high: int) -> Source:
        if isinstance(found, Heard):
            return self._source(low, high, found.source.name, found.source.kind, found.source.party)
        return self._source(low, high, found.name, "person", self._party_of_person(found))

    def _heard(self, source: Source, why: str, head: Token, person: Known | None, remember: bool) -> Named:
        if remember:
            plural = (
                head.tag_ in ("NNS", "NNPS") or head.lower_ == "they" or any(c.dep_ == "conj" for c in head.children)
            )
            self.voices.heard.append(
                Heard(head.i, self._sentence_of[head.i], source, person, plural and person is None, lemma_of(head))
            )
        flags = ("name_ambiguous",) if person is not None and person.ambiguous else ()
        return Named(source, why, flags)

    def _is_bare_description(self, head: Token, low: int, high: int) -> bool:
        """Say whether a phrase only points back ("the spokesman", "the same source"): no name is in it."""
        definite = any(c.lower_ in ("the", "this", "that", "same") and c.i < head.i for c in head.children)
        named = any(
            self._doc[i].pos_ == "PROPN" or self._doc[i].ent_type_ in ("ORG", "PERSON", "LOC") for i in range(low, high)
        )
        seated = any(self._doc[i].lower_ == "based" for i in range(low, high)) and high - low <= 6  # "Oslo-based"
        short = seated or (not named and high - low <= 3)
        return definite and head.pos_ == "NOUN" and short and self.phrases.party_at(head) is None

    def _is_other_voice(self, last: Token, low: int) -> bool:
        """Say whether a phrase's last word is an outlet, or an acronym that does not shorten the words before it."""
        party = self.phrases.named_at(last)
        if party is not None and self._parties.source_kind(party) in ("outlet", "agency"):
            return True
        initials = "".join(t.text[0] for t in self._doc[low : last.i] if t.text[0].isupper())
        bare = last.is_alpha and last.text.isupper() and len(last) >= 3 and last.pos_ == "PROPN"
        return bare and party is None and self.people.at(self._doc[low]) is not None and last.text not in initials

    def _is_followed_by_a_body(self, person: Known, low: int, high: int) -> bool:
        """Say whether behind a person's name an organisation follows that is no part of it, a comma being lost.

        "... to the secretary A B | the council said": either may be the speaker. An apposition names a person ("A B the
        commander of the council").
        """
        behind = False
        for i in range(low, high):
            token = self._doc[i]
            behind = behind or self.people.at(token) is person
            if not behind or self.people.at(token) is person or token.dep_ == "nmod" or not _has_article(token):
                continue
            named = self.phrases.named_at(token) is not None and not self.phrases.is_of_office(token)
            body = named or lemma_of(token) in self._words["organisation_heads"]
            comma = any(self._doc[k].is_punct for k in range(low, i))
            if body and not comma and not any(c.dep_ == "case" for c in token.children):
                return True
        return False

    def _is_seat(self, head: Token, person: Known) -> bool:
        """Say whether what was taken for a person is a great city, by which a government goes ("Moscow denied")."""
        return person.name == head.text and self._is_city(person.name)

    def _is_press(self, head: Token) -> bool:
        party = self.phrases.party_at(head)
        if party is None:
            return False
        known = self.people.at(head)
        # A state or an outlet is seldom a person's name; one of several words, held for a person, may be.
        return self._parties.source_kind(party) in ("outlet", "agency") or known is None or len(known.name.split()) == 1

    def _person(self, head: Token) -> Known | None:
        """Return the person that a phrase names: its head, or a name that stands beside the head as the same one."""
        known = self.people.at(head)
        office = head.pos_ == "NOUN" and lemma_of(head) in self._words["person_heads"]
        if known is not None and not office:
            return known
        for child in head.children:
            if syntax.base(child) in ("flat", "appos", "compound") or child.dep_ in ("nmod:desc",):
                found = self.people.at(child)
                # "the Assad government": a name that only modifies is not who speaks.
                if found is not None and (syntax.base(child) != "compound" or head.ent_type_ in ("PERSON", "PER")):
                    return found
        after = head.nbor(1) if head.i + 1 < len(self._doc) else None
        if (
            head.pos_ == "NOUN"
            and after is not None
            and after.pos_ == "PROPN"
            and after.head.i in (head.i, head.head.i)
        ):
            return self.people.at(after)  # "opposition figure A B", however the parser hung the name
        return known

    def _as_person(self, person: Known, head: Token, low: int, high: int, remember: bool) -> Named:
        said = self.phrases.said(low, high)
        name = said if person.ambiguous and person.name not in said else person.name
        party = self._party_of_person(person) or self.phrases.party_of_words(low, high)
        why = f"{person.name}: by office on public record" if party and not person.descriptions else ""
        return self._heard(self._source(low, high, name, "person", party), why, head, person, remember)

    def _party_of_person(self, person: Known) -> str | None:
        """Return the party that a person speaks as, by what the document calls them; None unless all agree."""
        found = {party for run in person.descriptions if (party := self.phrases.party_of_words(*run)) is not None}
        if not found and not person.descriptions:
            return self._parties.of_person(person.name, self._day)
        return found.pop() if len(found) == 1 else None

    def _name(self, head: Token, low: int, high: int) -> str:
        party = self.phrases.party_at(head)
        if party is not None and not self.phrases.is_of_office(head):
            return self._parties.get(party).name.split(" (")[0]
        # "the Rights Monitor a watchdog group": where the comma is lost, the noun that describes may head the phrase.
        behind = [t for t in self._doc[low : head.i] if t.pos_ == "PROPN" and t.nbor(1).lower_ in ("a", "an", "the")]
        if behind and head.pos_ == "NOUN" and lemma_of(behind[0]) in self._words["organisation_heads"]:
            head = behind[0]
        text = self.phrases.said(*proper_name(self._doc, head, low, high))
        first, _, rest = text.partition(" ")
        articles = ("the", "this", "these", "those", *(("a", "an") if head.pos_ in ("NOUN", "PROPN") else ()))
        return rest if first.lower() in articles and rest else text

    def _source(self, low: int, high: int, name: str, kind: SourceKind, party: str | None) -> Source:
        start, end = self._doc[low].idx, self._doc[high - 1].idx + len(self._doc[high - 1])
        return Source(start=start, end=end, text=self.text[start:end], name=name, kind=kind, party=party)
