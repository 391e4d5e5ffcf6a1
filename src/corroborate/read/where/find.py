"""Places in a text, resolved by the gazetteer and by the document's other places, or left open one by one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from corroborate.knowledge.gazetteer import AREA_KINDS, SMALL_AREA_KM, Entry, Gazetteer
from corroborate.knowledge.placenames import place_key
from corroborate.model import Place
from corroborate.read.grammar.words import Words
from corroborate.read.where.named import Named
from corroborate.read.where.names import find_names
from corroborate.read.where.relations import Located, related
from corroborate.read.where.resolve import Asked, resolve

# Top-level domains of countries that the whole world registers under, and the one that is not an ISO code.
_NOT_HOME = frozenset(["ai", "cc", "co", "fm", "io", "ly", "me", "to", "tv", "ws", "eu"])
_TOP_LEVEL = re.compile(r"^(?:https?://)?[^/\s:]+\.([a-z]{2})(?:[:/]|$)", re.IGNORECASE)

_LESSER = 1 / 3
"""A city with a smaller share of the listed townspeople of its namesake province does not stand for it. In a quarter of
FA-KES, in texts that speak of "X province", X alone was the city in 14 of 24 mentions of Aleppo (0.75), Raqqa, Hama,
Latakia and Deir ez-Zor (0.61), and the province in all but a few of 45 of Idlib (0.29) and Daraa (0.25)."""
_TOWN_IN = re.compile(r"(?P<kind>\s+(?:village|town))?,?\s+in\s+", re.IGNORECASE)
_BORDER = re.compile(
    r"(?:['’]s?)?(?:[-–][A-Z]\w+)?\s+(?:border|frontier)s?\b(?! (?:province|town|city|village|region)\b)"
)
_CITY = re.compile(r"\s+city\b", re.IGNORECASE)


def find_places(doc: Doc, gazetteer: Gazetteer, home: frozenset[str] = frozenset()) -> list[Place]:
    """Return the places named in a document, in order.

    A place that the gazetteer lacks, or that cannot be told from its namesakes, keeps its name and has no point; the
    others are not affected. A place given by others ("19 km southwest of Raqqa") has a relation and a point worked out.
    `home` are the ISO codes of the countries that the outlet is at home in.
    """
    if not len(doc):
        return []
    words = Words.of(doc)
    names = find_names(doc, words, gazetteer)
    asked = [Asked(named.start, named.end, named.name, named.province) for named in names]
    found = resolve(words.text, asked, gazetteer, home)
    entries = [one.entry if one is not None and one.is_sure else None for one in found]
    located = []
    for number, (named, entry) in enumerate(zip(names, entries, strict=True)):
        if number and _holds(words.text, names[number - 1], entries[number - 1], named, entry):
            names[number] = replace(named, villages=True)
    for named, entry in zip(_provinces(names, entries, gazetteer), entries, strict=True):
        located.append(_located(words.text, named, entry, gazetteer))
    return related(words.text, located, gazetteer)


def home_of(url: str | None) -> frozenset[str]:
    """Return the country (ISO) that an address belongs to by its top-level domain, as a set of one or none."""
    match = _TOP_LEVEL.match(url or "")
    code = match[1].lower() if match else ""
    return frozenset() if not code or code in _NOT_HOME else frozenset(["GB" if code == "uk" else code.upper()])


def _holds(text: str, before: Named, town: Entry | None, named: Named, entry: Entry | None) -> bool:
    """Say whether a name is that of the province of the town before it: "Khan Sheikhun in Idlib", "X village in Idlib".

    A quarter that the gazetteer does not know may be in the town itself.
    """
    match = _TOWN_IN.fullmatch(text, before.end, named.start)
    if match is None or entry is None or entry.kind != "city" or _CITY.match(text, named.end):
        return False
    known = town is not None and town.kind == "city" and (town.country, town.admin1) == (entry.country, entry.admin1)
    return bool(match["kind"]) or (known and town is not entry)


def _provinces(names: Sequence[Named], entries: Sequence[Entry | None], gazetteer: Gazetteer) -> list[Named]:
    """Take a bare name of a city and its province for the province's, which is right for both, where the city is a
    lesser part of it and the document speaks of the province at least as often as of "X city", or else of another town
    in it.
    """
    said: Counter[str] = Counter()
    for named in names:
        if named.city:
            said[place_key(named.name)] -= 1
        elif named.province == "state" or named.fringe or named.villages:
            said[place_key(named.name)] += 1
    spoken = {place_key(n.name) for n in names if n.city or n.province or n.fringe or n.villages}
    towns = {(e.country, e.admin1, e.id) for e in entries if e is not None and e.kind == "city"}
    read = []
    for named, entry in zip(names, entries, strict=True):
        dateline = named.name.isupper()  # where it was written
        told = named.province or named.city or named.beside or dateline
        bare = entry is not None and entry.kind == "city" and not told
        if entry is not None and bare:
            key = place_key(named.name)
            beside = any(t[:2] == (entry.country, entry.admin1) and t[2] != entry.id for t in towns)
            if (said[key] >= 0 if key in spoken else beside) and _is_lesser(entry, gazetteer):
                named = replace(named, province="state")
        read.append(named)
    return read


def _is_lesser(city: Entry, gazetteer: Gazetteer) -> bool:
    """Say whether a province that bears its largest city's name has most of its people elsewhere."""
    state = gazetteer.state(city.country, city.admin1) if _has_namesake(city, gazetteer) else None
    return state is not None and gazetteer.leads_division(city) and city.population < _LESSER * state.population


def _located(text: str, named: Named, entry: Entry | None, gazetteer: Gazetteer) -> Located:
    open_place = Place(
        start=named.start, end=named.end, text=text[named.start : named.end], name=named.name, gazetteer_id=None,
        lat=None, lon=None, precision_km=None, country=None,
    )  # fmt: skip
    if entry is None or (entry.kind == "country" and (border := _BORDER.match(text, named.end))):
        # "Near the Iraq border": somewhere along it, and not in Iraq.
        name = named.name if entry is None or border is None else text[named.start : border.end()]
        return Located(replace(open_place, name=name), None)
    # "Northern Idlib" is of the town or of the province: the province's north is right for both.
    around = named.fringe or named.villages or (named.sided and _has_namesake(entry, gazetteer))
    rural = around and entry.kind == "city" and gazetteer.leads_division(entry)
    if (named.province == "state" or rural) and entry.kind not in AREA_KINDS:
        # The division itself is not listed, but the town that it is named after is ("Aleppo countryside" is around it).
        region = gazetteer.region(entry.country, entry.admin1, entry.name)
        if region is None:
            return Located(replace(open_place, country=entry.country), None)
        entry = region
    radius = entry.radius_km
    if (named.province == "county" or (named.villages and not named.fringe)) and entry.kind not in AREA_KINDS:
        radius = max(radius, SMALL_AREA_KM)  # a district named after its seat, and not listed itself
    place = replace(
        open_place, gazetteer_id=entry.id or None, lat=round(entry.lat, 5), lon=round(entry.lon, 5),
        precision_km=round(radius, 1), country=entry.country,
    )  # fmt: skip
    return Located(place, entry, named.province is not None)


def _has_namesake(town: Entry, gazetteer: Gazetteer) -> bool:
    """Say whether the province that a town lies in bears its name."""
    return any(
        e.kind == "state" and e.id and (e.country, e.admin1) == (town.country, town.admin1)
        for e in gazetteer.find(town.name)
    )
