"""Who is meant by a short name, a pronoun or "the officer", within one document; nobody where that is not plain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.spellings import name_key
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.attribution.quotes import is_cased
from corroborate.read.grammar import syntax
from corroborate.read.grammar.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from corroborate.model import Source

Sex = Literal["female", "male"]

# A pronoun's source is looked for in its own sentence and in this many before it. In GUM's news (gold coreference) all
# 17 pronouns that are subjects of a verb of saying have a noun for it within two sentences, 15 of them within one.
_SENTENCES_BACK = 2


@dataclass(slots=True)
class Known:
    """A person as the document names them: the fullest name, every mention's first token, what they are called."""

    name: str
    mentions: list[int] = field(default_factory=list)
    descriptions: list[tuple[int, int]] = field(default_factory=list)  # token runs of the noun phrases beside the name
    roles: set[str] = field(default_factory=set)  # the lemmas of those phrases' nouns
    sex: Sex | None = None
    ambiguous: bool = False  # the short form fits several persons of the document


class People:
    """The persons that a document names, and which of them each mention means."""

    def __init__(self, doc: Doc, parties: frozenset[int] = frozenset()) -> None:
        """Take the persons of a parsed document; the tokens of `parties` begin no person's name."""
        self._parties = parties
        self._by_token: dict[int, Known] = {}
        self._known: list[Known] = []
        words = lexicon("cues")["sources"]
        self._titles = frozenset(words["person_heads"])
        self._female, self._male = frozenset(words["female_words"]), frozenset(words["male_words"])
        groups = ("organisation_heads", "outlet_heads", "outlet_names", "agency_heads")
        bodies = frozenset().union(*(words[group] for group in groups))
        people = [
            ent
            for ent in doc.ents
            if ent.label_ in ("PERSON", "PER")
            # "Rights Monitor" is no person, nor is a noun without a capital in a text that has them.
            and not (len(ent) > 1 and ent[-1].lower_ in bodies)
            and not any(t.pos_ == "ADP" and t.lower_ == "of" for t in ent)
            and (
                any(t.pos_ == "PROPN" and t.text[0].isupper() for t in ent)
                or not is_cased(doc[slice(*Words.of(doc).paragraph(ent.start))])
            )
        ]
        # Longer names first, so that every shorter form finds the full one wherever it stands.
        for ent in sorted(people, key=lambda e: (-len(_parts(_as_name(e, self._parties))), e.start)):
            self._enter(ent)
        for ent in people:
            self._describe(ent)

    def at(self, token: Token) -> Known | None:
        """Return the person whose name covers a token."""
        return self._by_token.get(token.i)

    def with_role(self, lemma: str, before: int) -> list[Known]:
        """Return the persons whom the document calls by this noun before a token."""
        return [k for k in self._known if lemma in k.roles and any(m < before for m in k.mentions)]

    def mentioned(self, low: int, high: int) -> list[Known]:
        """Return the persons named from token `low` to before `high`, each once, in order."""
        found: list[Known] = []
        for i in range(low, high):
            known = self._by_token.get(i)
            if known is not None and known not in found:
                found.append(known)
        return found

    def _enter(self, ent: Span) -> None:
        parts = _parts(_as_name(ent, self._parties))
        if not parts:
            return
        fits = [k for k in self._known if _shortens(parts, _parts(k.name))]
        if len(fits) == 1:
            known = fits[0]
        else:
            known = Known(name=_as_name(ent, self._parties), ambiguous=len(fits) > 1)
            self._known.append(known)
        known.mentions.append(ent.start)
        for token in ent:
            self._by_token[token.i] = known

    def _describe(self, ent: Span) -> None:
        """Take up what stands beside a name: "journalist A B", "A B, a senior lawmaker", "Mrs B"."""
        known = self._by_token.get(ent.start)
        if known is None or known.ambiguous:
            return
        nouns: list[Token] = []
        root = ent.root
        for child in root.children:
            beside = syntax.base(child) in ("appos", "compound", "flat") or child.dep_ in ("nmod:desc", "amod")
            if beside and not ent.start <= child.i < ent.end and child.ent_type_ not in ("PERSON", "PER"):
                nouns.append(child)
        if (syntax.base(root) in ("appos", "flat") or root.dep_ == "nmod:desc") and root.head.pos_ == "NOUN":
            nouns.append(root.head)
        if root.dep_ == "nsubj" and ent.start and ent.doc[ent.start - 1].text == ",":
            # "a spokesman for the army, Major A B, said": by some parses both are subjects of one verb.
            nouns += [c for c in root.head.children if c.dep_ == "nsubj" and c.i < ent.start and c.pos_ == "NOUN"]
        name = _as_name(ent, self._parties)
        if not ent.text.startswith(name):
            # What stands before the name within the entity describes the person as well.
            until = next(t.i for t in ent if ent.doc[t.i : ent.end].text.strip() == name)
            known.descriptions.append((ent.start, until))
            known.roles |= {t.lower_.rstrip(".") for t in ent.doc[ent.start : until]} & self._titles
        for noun in nouns:
            run = syntax.noun_phrase(noun)
            known.roles.add(lemma_of(noun))
            if run not in known.descriptions:
                known.descriptions.append(run)
        before = ent.doc[ent.start - 1].lower_.rstrip(".") if ent.start else ""
        titles = {before} | {lemma_of(noun) for noun in nouns} | {t.lower_.rstrip(".") for t in ent}
        if titles & self._female and not titles & self._male:
            known.sex = "female"
        elif titles & self._male and not titles & self._female:
            known.sex = "male"


@dataclass(frozen=True, slots=True)
class Heard:
    """A source met on the way through the document: where, who, and whether it is one person."""

    token: int
    sentence: int
    source: Source
    person: Known | None
    plural: bool
    head: str  # the lemma of the phrase's noun


@dataclass(slots=True)
class Voices:
    """The sources met so far, in reading order; pronouns and "the officer" are resolved against them."""

    people: People
    doc: Doc
    sentence_of: list[int]  # by token
    heard: list[Heard] = field(default_factory=list)

    def pronoun(self, token: Token, speakers: tuple[int, int]) -> tuple[Heard | Known | None, str]:
        """Return who "he", "she", "they" or "it" is, with the reason; None where more than one would do.

        `speakers` is the stretch of tokens (a post, or the whole document) that the answer must lie in.
        """
        word = _OF_WHOM.get(token.lower_, token.lower_)
        now = self.sentence_of[token.i]
        near = [h for h in self.heard if speakers[0] <= h.token < token.i and now - h.sentence <= _SENTENCES_BACK]
        if word in ("he", "she"):
            return self._single(token, "female" if word == "she" else "male", near, speakers)
        if word == "they":
            fits = [h for h in near if h.plural]
        else:
            fits = [
                h
                for h in near
                if h.person is None
                and not h.plural
                and h.source.kind in ("organisation", "outlet", "agency", "document")
            ]
        # Only where the last voice heard is of that kind and no other one of it stands between.
        if fits and near and near[-1] == fits[-1] and len({h.source.name for h in fits}) == 1:
            return fits[-1], f"'{token.text}' is the only such source before it"
        if fits and near[-1] == fits[-1] and now - fits[-1].sentence <= 1 and _is_main(self.doc[fits[-1].token].head):
            return fits[-1], f"'{token.text}' after the last speaker"
        if word == "it":
            return self._subject_before(token, speakers)
        return None, ""

    def _subject_before(self, token: Token, speakers: tuple[int, int]) -> tuple[Heard | None, str]:
        """Return the body that the main clauses before "it" are about, over further "it"s, if it has been heard."""
        now = self.sentence_of[token.i]
        for i in range(token.i - 1, speakers[0] - 1, -1):
            at = self.doc[i]
            if now - self.sentence_of[i] > 1 + _SENTENCES_BACK:
                break
            if syntax.base(at) != "nsubj" or not _is_main(at.head):
                continue
            if at.lower_ == "it":
                continue
            heard = [h for h in self.heard if h.token == i or (h.head == lemma_of(at) and h.token < i)]
            same = heard and len({h.source.name for h in heard}) == 1 and heard[-1].person is None
            if same and not heard[-1].plural and at.tag_ in ("NN", "NNP"):
                return heard[-1], f"'{token.text}' after '{at.text}'"
            return None, ""
        return None, ""

    def _single(
        self, token: Token, sex: Sex, near: list[Heard], speakers: tuple[int, int]
    ) -> tuple[Heard | Known | None, str]:
        now = self.sentence_of[token.i]
        low = token.i
        while low > speakers[0] and now - self.sentence_of[low - 1] <= _SENTENCES_BACK:
            low -= 1
        named = [k for k in self.people.mentioned(low, token.i) if k.sex in (None, sex)]
        singles = [h for h in near if not h.plural and (h.person is not None or h.source.kind in ("person", "unnamed"))]
        singles = [h for h in singles if h.person is None or h.person.sex in (None, sex)]
        if singles:
            last = singles[-1]
            # Another person made the subject since the last speaker is a rival; one only spoken about is not.
            rivals = [
                k
                for k in self.people.mentioned(last.token + 1, token.i)
                if k is not last.person and k.sex in (None, sex)
            ]
            if not any(self._leads(k, last.token, token.i) for k in rivals):
                return last, f"'{token.text}' after the last speaker"
            return None, ""
        if len(named) == 1 and not named[0].ambiguous:
            return named[0], f"'{token.text}': the only person named before it"
        return None, ""

    def _leads(self, known: Known, low: int, high: int) -> bool:
        """Say whether a person is the subject of something between two tokens."""
        mentions = [m for m in known.mentions if low < m < high]
        return any(syntax.base(token) == "nsubj" for start in mentions for token in self._whole(start))

    def _whole(self, start: int) -> list[Token]:
        """Return the tokens of the mention of a person that begins at a token."""
        known, end = self.people.at(self.doc[start]), start
        while end < len(self.doc) and known is not None and self.people.at(self.doc[end]) is known:
            end += 1
        return list(self.doc[start:end])

    def description(self, head: Token, speakers: tuple[int, int]) -> tuple[Heard | Known | None, str]:
        """Return who "the lawmaker" or "the source" is: called so before, or the last source under the same noun."""
        lemma = lemma_of(head)
        called = self.people.with_role(lemma, head.i)
        if len(called) == 1 and head.tag_ == "NN":
            return called[0], f"the document calls one person '{lemma}'"
        if called:
            return None, ""
        kind = next((kind for kind, nouns in lexicon("cues")["kin"].items() if lemma in nouns), None)
        if kind is not None and head.tag_ == "NN":
            kin = [
                h
                for h in self.heard
                if speakers[0] <= h.token < head.i and h.source.kind == kind and not h.source.name.islower()
            ]
            if kin and len({h.source.name for h in kin}) == 1:
                return kin[-1], f"'{lemma}' is the only {kind} that spoke before it"
        plural = head.tag_ in ("NNS", "NNPS")
        same = [
            h
            for h in self.heard
            if speakers[0] <= h.token < head.i and h.head == lemma and h.plural == plural and h.person is None
        ]
        if same and len({h.source.name for h in same}) == 1:
            return same[-1], f"the last source called '{lemma}'"
        return None, ""


_OF_WHOM = {"his": "he", "her": "she", "their": "they", "its": "it", "hers": "she", "him": "he", "them": "they"}


def _is_main(verb: Token) -> bool:
    """Say whether a word heads a main clause: the sentence's, or one joined to it."""
    while syntax.base(verb) in ("conj", "parataxis") and verb.head.i != verb.i:
        verb = verb.head
    return verb.head.i == verb.i


# What stands behind a title before the name ("secretary of defense A B").
_OFFICES = frozenset({"defense", "defence", "state", "foreign", "interior", "affairs", "general", "health", "justice"})
_RANKS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "maj",
        "col",
        "lt",
        "brig",
        "capt",
        "sgt",
        "adm",
        "sen",
        "rep",
        "gov",
        "prof",
        "sir",
    }
)


def _as_name(ent: Span, parties: frozenset[int] = frozenset()) -> str:
    """Return the words of an entity that are the name: "army spokesman Brig. Gen. A B" is A B."""
    written = [t for t in ent if t.text[0].isupper() and not any(c.isdigit() for c in t.text)]
    first = next((t for t in written if t.i not in parties), written[0] if written else ent[0])
    roles = lexicon("cues")["sources"]["person_heads"]
    titles = [t.i for t in ent[:-1] if t.lower_.rstrip(".") in roles or t.lower_.rstrip(".") in _RANKS]
    if titles:
        behind = [t for t in ent.doc[titles[-1] + 1 : ent.end] if t.text[0].isupper() and t.lower_ not in _OFFICES]
        first = behind[0] if behind else first
    return ent.doc[first.i : ent.end].text.strip()


def _parts(name: str) -> list[str]:
    """Return the words of a name as they are compared, without titles and possessive endings."""
    bare = re.sub(r"(?:['’]s|\bs)$", "", name.strip())
    return [w for w in name_key(bare) if w not in ("s", "mr", "mrs", "ms", "dr", "sir")]


def _shortens(short: list[str], full: list[str]) -> bool:
    """Say whether one name is a short form of another: its words in order, the last word (the family name) or all."""
    if short == full:
        return True
    if len(short) > len(full) or not full:
        return False
    position = 0
    for word in full:
        if position < len(short) and word == short[position]:
            position += 1
    return position == len(short) and (short[-1] == full[-1] or len(short) == 1)
