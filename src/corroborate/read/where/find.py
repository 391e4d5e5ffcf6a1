"""Places in a text, resolved by the gazetteer and by the document's other places, or left open one by one."""

import math
from collections import Counter
from dataclasses import replace

from spacy.tokens import Doc

from corroborate.knowledge.gazetteer import Entry, Gazetteer, distance_km
from corroborate.model import Place
from corroborate.read.grammar.words import Words
from corroborate.read.where.names import Named, find_names
from corroborate.read.where.relations import related

_WEIGHT_COUNTRY = 4.0
_WEIGHT_MAIN = 1.0
_WEIGHT_NEAR = 1.5
_WEIGHT_KIND = 3.0
_NEAR_KM = 200.0
_MARGIN = 0.75
_ENOUGH = 4.0
"""A place is taken where its score passes `_ENOUGH` and beats the next by `_MARGIN`, else left open. The score adds the
decimal logarithm of the people, four for the share of the document's countries that it lies in, and smaller sums for
its own name, for near neighbours and for countries; these weights were set by hand. On the 4,462 toponyms of LGL
(mentions given) a margin of 0, 0.5, 0.75, 1 leaves 27, 19, 15, 14 percent wrong and 26, 38, 44, 47 open: beyond 0.75
a wrong place less costs as many right ones. `_ENOUGH` at 3, 4, 5 changes under half a percent of the wrong."""
_SAME_KM = 25.0
_LARGE = 100_000


def find_places(doc: Doc, gazetteer: Gazetteer) -> list[Place]:
    """Return the places named in a document, in order.

    A place that the gazetteer lacks, or that cannot be told from its namesakes, keeps its name and has no point; the
    others are not affected. A place given by others ("19 km southwest of Raqqa") has a relation and a point worked out.
    """
    if not len(doc):
        return []
    words = Words(doc)
    names = find_names(doc, words, gazetteer)
    chosen = _choose(names, _countries(doc, words, gazetteer), gazetteer)
    places = [_place(words.text, named, chosen.get(_same(named)), gazetteer) for named in names]
    return related(words.text, places)


def _same(named: Named) -> str:
    return named.name.casefold()


def _countries(doc: Doc, words: Words, gazetteer: Gazetteer) -> Counter[str]:
    """Count the countries that the document speaks of, by name or by their people."""
    votes: Counter[str] = Counter()
    for i in range(len(doc)):
        if not words.text[words.start_of(i)].isupper():
            continue
        for end in range(min(len(doc), i + 3), i, -1):
            form = words.text[words.start_of(i) : words.end_of(end - 1)]
            if known := gazetteer.country_of(form):
                votes[known[0]] += 1
                break
    return votes


def _choose(names: list[Named], votes: Counter[str], gazetteer: Gazetteer) -> dict[str, Entry]:
    """Choose one place for each name: first by the countries named, then again beside the places so found."""
    options = {_same(n): _options(n, gazetteer) for n in names}
    first = {name: best for name, entries in options.items() if (best := _best(entries, votes, []))}
    for named in names:
        found = first.get(_same(named))
        if found is not None and named.country is None:
            votes[found.country] += 1
    near = list(first.values())
    return {name: best for name, entries in options.items() if (best := _best(entries, votes, near))}


def _options(named: Named, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    if named.country is not None:
        country = gazetteer.country(named.country)
        entries = _find(named.name, gazetteer)
        states = tuple(e for e in entries if e.kind == "state")  # Georgia
        return ((country,) if country else ()) + states
    return _find(named.name, gazetteer)


def _find(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    found = gazetteer.find(name)
    # "Aleppos" is "Aleppo's" where the apostrophe is gone.
    if found or not name.endswith("s"):
        return found
    return tuple(e for e in gazetteer.find(name[:-1]) if e.population >= _LARGE)


def _best(entries: tuple[Entry, ...], votes: Counter[str], near: list[Entry]) -> Entry | None:
    # A village in a country that the document never speaks of is a namesake more often than not.
    alone = len(entries) == 1 and entries[0].main
    entries = tuple(
        e
        for e in entries
        if alone or e.kind != "city" or not votes or votes[e.country] or (e.main and e.population >= _LARGE)
    )
    scored = sorted(((_score(e, votes, near), e) for e in entries), key=lambda pair: -pair[0])
    if not scored:
        return None
    score, best = scored[0]
    rivals = [(s, e) for s, e in scored[1:] if distance_km(e.lat, e.lon, best.lat, best.lon) > _SAME_KM]
    if score < _ENOUGH or (rivals and score - rivals[0][0] < _MARGIN):
        return None
    return best


def _score(entry: Entry, votes: Counter[str], near: list[Entry]) -> float:
    total = sum(votes.values())
    score = math.log10(entry.population + 10)
    score += _WEIGHT_COUNTRY * (votes[entry.country] / total if total else 0.0)
    score += _WEIGHT_MAIN * entry.main
    score += _WEIGHT_KIND * (entry.kind in ("country", "state"))
    if any(
        e.id != entry.id and e.kind == "city" and distance_km(e.lat, e.lon, entry.lat, entry.lon) < _NEAR_KM
        for e in near
    ):
        score += _WEIGHT_NEAR
    return score


def _place(text: str, named: Named, entry: Entry | None, gazetteer: Gazetteer) -> Place:
    open_place = Place(
        start=named.start, end=named.end, text=text[named.start : named.end], name=named.name, gazetteer_id=None,
        lat=None, lon=None, precision_km=None, country=None,
    )  # fmt: skip
    if entry is None:
        return open_place
    if named.province and entry.kind == "city":
        region = gazetteer.region_of(entry)
        if region is None:
            return replace(open_place, country=entry.country)
        # The gazetteer has no id for a division: its point is the middle of the places known in it.
        return replace(
            open_place, lat=round(region.lat, 5), lon=round(region.lon, 5), precision_km=round(region.radius_km, 1),
            country=entry.country,
        )  # fmt: skip
    return replace(
        open_place, gazetteer_id=entry.id, lat=entry.lat, lon=entry.lon, precision_km=round(entry.radius_km, 1),
        country=entry.country,
    )  # fmt: skip
