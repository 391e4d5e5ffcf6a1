"""The register of parties: who acts and who speaks in conflicts, under which names, and for which side.

The facts are TOML files: `register/*.toml` (states, forces, groups, bodies), `outlets.toml` (agencies and outlets), and
one of the user's own in the same form (docs/parties.md). Each party lists its names by how surely they mean it; one
that lists none is found by its `name`.

aliases     in any case of letters ("Daesh"); a dotted or spaced form is found too ("U.S.-led", "U S led")
cased       only as written ("IS", "AP")
short       only in a document that names the party in full as well ("the Observatory")
contextual  only in a document that names one of the parties or states in `with` ("SNA" with Syria)

No name but a cased one counts in a document that names a party or state in `unless`, if it names none in `with` and not
the party's own country: "al-Shabaab" with Mozambique is another group than that in Somalia.

States come with their organs, composed and not listed: "Syrian army" is `sy.mil`, "Russia's defence ministry" `ru.mod`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from corroborate.knowledge import partyfile
from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.names import Trie, Word, words_of
from corroborate.knowledge.party import Party, VoiceKind
from corroborate.knowledge.people import Officials
from corroborate.knowledge.states import States

# Texts whose names are kept: a document's, and the names and phrases that are looked up while it is read.
_TEXTS = 64


@dataclass(frozen=True, slots=True)
class _Name:
    """What a path of the trie stands for."""

    party: str
    how: Literal["any", "cased", "proper", "short", "contextual"]
    written: str
    words: tuple[Word, ...]


class Parties:
    """The loaded register; `load` it once and share it: it is never changed."""

    def __init__(self, parties: Mapping[str, Party], states: "States", officials: Officials) -> None:
        self._parties = dict(parties)
        self._states = states
        self._officials = officials
        # Several finders ask for the names of one text.
        self._find = lru_cache(maxsize=_TEXTS)(self._found)
        self._trie: Trie[_Name] = Trie()
        self._press: dict[str, str] = {}
        for party in parties.values():
            if party.kind in ("outlet", "agency"):
                self._press[_plain(party.name)] = party.id
            listed = (*party.aliases, *party.cased, *party.short, *party.contextual)
            for written in party.aliases if listed and party.kind != "state" else (party.name, *party.aliases):
                self._add(written, party.id, "proper" if party.kind == "state" else "any")
            for how in ("cased", "short", "contextual"):
                for written in getattr(party, how):
                    self._add(written, party.id, how)

    @staticmethod
    def load(extra: Path | None = None) -> "Parties":
        """Return the package's register, with the parties of the TOML file `extra` added or put in their place.

        Raises CorroborateError E501 where that file cannot be read or is not in the form of the register.
        """
        return _load(extra.resolve() if extra else None)

    def __len__(self) -> int:
        return len(self._parties)

    def get(self, party: str) -> Party:
        """Return the party of that id, composed organs of states ("fr.mil") included; raise KeyError for none."""
        found = self._parties.get(party)
        return found if found is not None else self._states.compose(party)

    def all(self) -> list[Party]:
        """Return the parties that are written out; organs of states are composed when they are met."""
        return list(self._parties.values())

    def by_alias(self, name: str) -> str | None:
        """Return the id of the one party that this name, taken alone, can mean; None where it is not sure.

        An outlet or agency is known by its full name as well, also where that is a common word ("Time").
        """
        press = self._press.get(_plain(name))
        if press is not None:
            return press
        found = self.find(name)
        whole = words_of(name)
        if len(whole) > 1 and whole[0].key == "the":
            whole = whole[1:] if found and found[0][0] >= whole[1].start else whole
        if whole and len(found) == 1 and found[0][0] == whole[0].start and found[0][1] == whole[-1].end:
            return found[0][2]
        return None

    def state_of_people(self, word: str) -> str | None:
        """Return the id of the state whose adjective or people this word (as written) is: "Syrian" -> "sy"."""
        return self._states.people.get(word)

    def is_state(self, party: str) -> bool:
        """Say whether the id is that of a state or territory."""
        return party in self._states.names

    def seat(self, city: str) -> str | None:
        """Return the government that reports call by a city's name (as written): "Moscow" -> "ru.gov"."""
        state = self._states.seats.get(city)
        return f"{state}.gov" if state else None

    def of_person(self, name: str, on: date | None = None) -> str | None:
        """Return the party for which a person of public office speaks on a day ("Sergei Lavrov" -> "ru.mfa")."""
        return self._officials.party(name, on)

    def organ(self, state: str, phrase: str) -> str | None:
        """Return the organ of a state that words name ("defence ministry", "lawmaker"), None where none is known."""
        found = self._states.organs.longest(words_of(phrase), 0)
        return f"{state}.{found[1][0]}" if found else None

    def speaks_for(self, party: str, on: date | None = None) -> str | None:
        """Return the side (a party's id) for which a party speaks on a day; None where it is none or unsure.

        A state, a warring group and an authority speak for themselves, an organ for its state. Without a day, an answer
        is given only if it has been the same at all times that the register knows.
        """
        found = self.get(party)
        sides = {a.side for a in found.sides if on is None or a.holds(on)}
        always = any(a.since is None and a.until is None for a in found.sides)
        if not sides or (on is None and not always):
            sides |= {own} if (own := self._own_side(found, on)) else set()
        return sides.pop() if len(sides) == 1 else None

    def _own_side(self, party: Party, on: date | None) -> str | None:
        if party.state:
            return self._side_of_state(party.state, on)
        if party.part_of and party.kind not in ("body", "court", "ngo"):
            return self.speaks_for(party.part_of, on)
        return party.id if party.kind in _OWN_SIDE else None

    def _side_of_state(self, state: str, on: date | None) -> str | None:
        held = self._states.held.get(state)
        if held is None:
            return state
        if on is None:
            return None
        return held.side if held.holds(on) else state

    def source_kind(self, party: str) -> VoiceKind:
        """Return what kind of voice a party is."""
        kind = self.get(party).kind
        if kind == "agency":
            return "agency"
        return "outlet" if kind == "outlet" else "organisation"

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, id) of every name of a party in reading order: the longest at each place, no overlaps.

        Offsets are code points. Adjectives alone ("Syrian") are not names.
        """
        return list(self._find(text))

    def _add(self, written: str, party: str, how: Any) -> None:
        # "US coalition" is "U.S. coalition" and, without its full stops, "U S coalition".
        spaced = _INITIALS.sub(lambda found: " ".join(found.group()), written)
        for form in dict.fromkeys((written, spaced)):
            words = words_of(form)
            self._trie.add(words, _Name(party, how, form, tuple(words)))

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        words = words_of(text)
        capitals = any(word.text[0].isupper() for word in words)
        hits: list[tuple[int, int, str, str]] = []
        at = 0
        while at < len(words):
            if not self._trie.opens(words[at]) and not self._states.opens(words[at]):
                at += 1
                continue
            length, party, how = self._at(words, at, capitals)
            if party:
                hits.append((words[at].start, words[at + length - 1].end, party, how))
            at += max(length, 1)
        return self._in_context(self._shared_organs(text, hits))

    def _shared_organs(self, text: str, hits: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
        """Give a state before "and" the organ that stands behind both: "US and Turkish forces"."""
        for index, (start, end, party, how) in enumerate(hits[:-1]):
            behind, _, other, _ = hits[index + 1]
            state, _, organ = other.partition(".")
            shared = organ in self._states.organ_kinds and state in self._states.names
            if shared and text[start:end].isupper() and party in self._states.names and text[end:behind] == " and ":
                hits[index] = (start, end, f"{party}.{organ}", how)
        return hits

    def _at(self, words: list[Word], at: int, capitals: bool) -> tuple[int, str, str]:
        """Return the longest name that starts at a word: how many words, which party, and how it is held to mean it."""
        best = (0, "", "")
        for length, name in self._trie.all(words, at):
            if length > best[0] and _written_right(name, words[at : at + length], capitals, words[at + length :][:1]):
                best = (length, name.party, name.how)
        composed = self._states.organ_at(words, at, capitals)
        if composed and composed[0] > best[0]:
            return (*composed, "any")
        return best

    def _in_context(self, hits: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str]]:
        sure = {party for _, _, party, how in hits if how in ("any", "cased", "proper")}
        around = sure | {party.split(".")[0] for party in sure}
        around |= {
            country.lower()
            for party in sure
            if (found := self.get(party)) and (country := found.country) and not found.unless
        }
        kept = []
        for start, end, party, how in hits:
            if how != "cased" and self._is_unsure(party, around):
                continue
            if how == "short" and party not in sure:
                continue
            if how == "contextual" and party not in sure and around.isdisjoint(self._parties[party].only_with):
                continue
            kept.append((start, end, party))
        return kept

    def _is_unsure(self, party: str, around: set[str]) -> bool:
        found = self._parties.get(party)
        if found is None or not found.unless or around.isdisjoint(found.unless):
            return False
        own = {*found.only_with, *([found.country.lower()] if found.country else [])}
        return (around - {party}).isdisjoint(own)


_INITIALS = re.compile(r"\b(?:US|UN|UK|EU|UAE)\b")
# Kinds that are a side of their own; a voice that reports (agency, monitor, body) is none unless the register says so.
_OWN_SIDE = frozenset(["state", "armed_group", "coalition", "militia", "authority", "political", "armed_forces"])


def _plain(name: str) -> str:
    return " ".join(word.key for word in words_of(name.split(" (")[0])).removeprefix("the ")


def _written_right(name: _Name, words: list[Word], capitals: bool, after: list[Word]) -> bool:
    if words[0].key == "the" and name.how == "cased" and after and after[0].close and after[0].text[0].isupper():
        return False  # "The National" is an outlet, "The National News Agency" another
    written = name.words
    if words[-1].key != written[-1].key and words[-1].text.islower() and not written[-1].text.islower():
        return False  # "the US-led coalitions jets" is a genitive, "Islamic states" a plural
    if name.how == "cased" or (name.how in ("short", "contextual") and name.written.isupper()):
        return [word.text for word in words] == [word.text for word in written]
    if name.how in ("proper", "short") and capitals:
        return words[0].text[0].isupper()
    if capitals and (len(words) > 1 or name.how == "contextual") and not name.written.islower():
        # "Islamic Relief" is a name, "islamic relief" and "the peace brigades" are words.
        return any(word.text[0].isupper() for word in words)
    # A single short word in small letters is more often a common word than a group's acronym.
    return not (capitals and len(words) == 1 and name.written.isupper() and words[0].text.islower())


@cache
def _load(extra: Path | None) -> Parties:
    states = States(lexicon("register/states"))
    parties: dict[str, Party] = {party.id: party for party in states.parties()}
    folder = files("corroborate.knowledge") / "register"
    names = sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    for name in [f"register/{name}" for name in names if name != "states"] + ["outlets"]:
        parties.update(partyfile.entries(lexicon(name), name, states))
    if extra:
        parties.update(partyfile.read(extra, states))
    partyfile.check_references(parties, states)
    return Parties(parties, states, Officials(lexicon("people")))
