"""States, and the organs that are composed of their names and an organ's words: "Syrian army", "army of Ukraine"."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from corroborate.knowledge.names import Trie, Word, words_of
from corroborate.knowledge.party import Allegiance, Party, PartyKind

_ARTICLE = re.compile(
    r"United |.*\b(?:Republic|Islands|See|Emirates)$|(?:Democratic )?Republic of |Netherlands|Philippines"
    r"|Bahamas|Gambia|Comoros|Maldives|Seychelles"
)


def _with_article(state: str) -> str:
    return f"the {state}" if _ARTICLE.match(state) else state


class States:
    """States with the organs that are composed of their name or adjective and the organ's words."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.names: dict[str, str] = {code: entry["name"] for code, entry in table["states"].items()}
        self.people: dict[str, str] = {}
        self.organ_kinds: dict[str, tuple[str, PartyKind]] = {}
        self.organs: Trie[tuple[str, str]] = Trie()
        self._forms: Trie[tuple[str, bool, bool]] = Trie()  # code, exact, adjective
        self.source: str = table["source"]
        for key, organ in table["organs"].items():
            self.organ_kinds[key] = (organ["name"], organ["kind"])
            for phrase in organ["words"]:
                self.organs.add(words_of(phrase), (key, phrase))
        for code, entry in table["states"].items():
            for form in (entry["name"], *entry.get("other", ())):
                self._forms.add(words_of(form), (code, False, False))
            for form in entry.get("exact", ()):
                self._forms.add(words_of(form), (code, True, False))
            for form in entry.get("people", ()):
                self.people[form] = code
                self._forms.add(words_of(form), (code, False, True))

        self._table = table["states"]
        self.seats: dict[str, str] = {city: code for code, cities in table["seats"].items() for city in cities}
        self.held: dict[str, Allegiance] = {
            code: Allegiance(side=entry["by"], since=entry["since"], source=entry["source"])
            for code, entry in table["held"].items()
        }

    def parties(self) -> Iterable[Party]:
        """Return the states themselves as parties."""
        for code, entry in self._table.items():
            yield Party(
                id=code,
                name=entry["name"],
                kind="state",
                country=code.upper(),
                aliases=tuple(entry.get("other", ())),
                cased=tuple(entry.get("exact", ())),
                source=self.source,
            )

    def compose(self, party: str) -> Party:
        """Return the organ of a state ("fr.mil"); raise KeyError where there is no such state or organ."""
        state, _, organ = party.partition(".")
        name, kind = self.organ_kinds[organ]
        return Party(
            id=party,
            name=f"{name[0].upper()}{name[1:]} of {_with_article(self.names[state])}",
            kind=kind,
            country=state.upper(),
            state=state,
            source=self.source,
        )

    def opens(self, word: Word) -> bool:
        """Say whether an organ can be named from a word on."""
        return self._forms.opens(word) or self.organs.opens(word)

    def organ_at(self, words: list[Word], at: int, capitals: bool) -> tuple[int, str] | None:
        """Return (words, id) of an organ named from this word on: "Syrian army", "Russia's army", "army of Ukraine"."""
        for length, (code, exact, _) in self._forms.all(words, at):
            if capitals and not words[at].text[0].isupper():
                continue
            if exact and not all(word.text.isupper() for word in words[at : at + length]):
                continue
            after = at + length
            if after < len(words) and words[after].text in ("s", "S") and words[after].close:
                after += 1
            found = self.organs.longest(words, after)
            if found and all(word.close for word in words[after : after + found[0]]):
                return after - at + found[0], f"{code}.{found[1][0]}"
        found = self.organs.longest(words, at)
        after = at + found[0] if found else 0
        if found and after + 1 < len(words) and words[after].text == "of":
            after += 2 if words[after + 1].key == "the" and after + 2 < len(words) else 1
            state = self._forms.longest(words, after)
            if state and not state[1][2] and (not capitals or words[after].text[0].isupper()):
                return after + state[0] - at, f"{state[1][0]}.{found[1][0]}"
        return None
