"""Places in a text, resolved by the gazetteer and by the document's other places, or left open one by one."""

import re
from dataclasses import replace

from spacy.tokens import Doc

from corroborate.knowledge.gazetteer import AREA_KINDS, SMALL_AREA_KM, Entry, Gazetteer
from corroborate.model import Place
from corroborate.read.grammar.words import Words
from corroborate.read.where.names import Named, find_names
from corroborate.read.where.relations import Located, related
from corroborate.read.where.resolve import Asked, resolve

# Top-level domains of countries that the whole world registers under, and the one that is not an ISO code.
_NOT_HOME = frozenset(["ai", "cc", "co", "fm", "io", "ly", "me", "to", "tv", "ws", "eu"])
_TOP_LEVEL = re.compile(r"^(?:https?://)?[^/\s:]+\.([a-z]{2})(?:[:/]|$)", re.IGNORECASE)

_TOWN_IN = re.compile(r"(?P<kind>\s+(?:village|town))?,?\s+in\s+", re.IGNORECASE)
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
            named = replace(named, fringe=True)
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


def _located(text: str, named: Named, entry: Entry | None, gazetteer: Gazetteer) -> Located:
    open_place = Place(
        start=named.start, end=named.end, text=text[named.start : named.end], name=named.name, gazetteer_id=None,
        lat=None, lon=None, precision_km=None, country=None,
    )  # fmt: skip
    if entry is None:
        return Located(open_place, None)
    # "Northern Idlib" is of the town or of the province: the province's north is right for both.
    around = named.fringe or (named.sided and _has_namesake(entry, gazetteer))
    rural = around and entry.kind == "city" and gazetteer.leads_division(entry)
    if (named.province == "state" or rural) and entry.kind not in AREA_KINDS:
        # The division itself is not listed, but the town that it is named after is ("Aleppo countryside" is around it).
        region = gazetteer.region(entry.country, entry.admin1, entry.name)
        if region is None:
            return Located(replace(open_place, country=entry.country), None)
        entry = region
    radius = entry.radius_km
    if named.province == "county" and entry.kind not in AREA_KINDS:
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
