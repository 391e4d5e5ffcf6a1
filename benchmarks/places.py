"""The place of an incident, read from what was written on it: DATA are JSON Lines of texts, --incidents of incidents.

A text has `text`, `publisher` and `incident_ids` ("airwars-123"), an incident `airwars_id`, `lat`, `lon` and
`location_en` (the form of Airwars). The whole reader reads the text, its publisher given as the outlet; the place told
is that of the first claim of violence with a place (`told_place`). No gazetteer is made from the incidents.

Counted are texts with an incident that has a point and that name its place: a part of `location_en` between commas
stands in the text, under the spellings of one name. Of these, `within_25km` and `beyond_100km` are the shares whose
place told lies so near or far, `open` those without one; `_all` is over every text whose incident has a point.
`in_gazetteer`: the loaded gazetteer lists a place of that name within 25 km of the incident (`within_25km_held`: of
these). `reachable`: it lists some place that the text names within 25 km of it.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.articles import article
from benchmarks.common import arguments, lines, report
from corroborate.knowledge.gazetteer import Gazetteer
from corroborate.knowledge.placenames import place_key
from corroborate.knowledge.sphere import distance_km
from corroborate.model import Claim, Place

_NEAR_KM, _FAR_KM = 25.0, 100.0
_COARSE_KM = 50.0  # about the reach of a province; nothing wider tells where an incident was
_COARSE = (4, 6)  # UCDP's codes of a place known by its province or country alone
_LONGEST = 5
_WORD = re.compile(r"[^\W\d_][\w'’‘]*")
# What a description of a place adds to its name.
_GENERIC = re.compile(
    r"\b(?:the|of|in|on|near|city|town|village|district|sub-?district|countryside|rural|outskirts|area|neighbou?rhood"
    r"|camp|vicinity|cent(?:re|er)|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|between|and|road|governorate"
    r"|province|suburbs?)\b",
    re.IGNORECASE,
)


def main(given: Sequence[str] | None = None) -> int:
    """Measure the places of the texts given."""
    parser = arguments(__doc__)
    parser.add_argument("--incidents", type=Path, required=True, help="JSON Lines of the incidents")
    parser.add_argument("--half", choices=("dev", "test"), help="every other text: 1st, 3rd ... or 2nd, 4th ...")
    parser.add_argument("--show", action="store_true", help="print each text's incident, place told and distance")
    options = parser.parse_args(given)
    incidents = {str(row["airwars_id"]): row for row in lines(options.incidents)}
    texts = [row for path in options.data for row in lines(path)]
    if options.half:
        texts = texts[options.half == "test" :: 2]
    report("places", _measured(texts, incidents, options.show), (), options)
    return 0


def _measured(
    texts: Sequence[Mapping[str, Any]], incidents: Mapping[str, Mapping[str, Any]], show: bool
) -> dict[str, float | None]:
    from corroborate.read import Reader
    from corroborate.settings import Settings

    reader, gazetteer = Reader(Settings()), Gazetteer.default()
    named: list[float | None] = []
    every: list[float | None] = []
    held: list[bool] = []
    reachable: list[bool] = []
    for row in texts:
        wanted = [
            incident
            for key in row["incident_ids"]
            if (incident := incidents.get(str(key).rpartition("-")[2])) is not None and incident["lat"] is not None
        ]
        if not wanted:
            continue
        document = article(str(row["source_id"]), "", str(row["text"]), str(row["date"] or ""))
        told = told_place(reader.read(replace(document, outlet=row.get("publisher") or None)).claims)
        away = min((_away(told, incident) for incident in wanted), default=None) if told is not None else None
        every.append(away)
        if show:
            where = [(i["location_en"], i["lat"], i["lon"]) for i in wanted]
            print(row["source_id"], where, told and (told.text, told.name, told.precision_km), away)
        parts = [part for incident in wanted for part in parts_of(str(incident["location_en"] or ""))]
        if not names_one(str(row["text"]), parts):
            continue
        named.append(away)
        held.append(any(_lists(gazetteer, part, wanted) for part in parts))
        reachable.append(any(_lists(gazetteer, name, wanted) for name in _names_in(str(row["text"]))))
    return {
        "within_25km": _share([away is not None and away <= _NEAR_KM for away in named]),
        "beyond_100km": _share([away is not None and away > _FAR_KM for away in named]),
        "open": _share([away is None for away in named]),
        "within_25km_all": _share([away is not None and away <= _NEAR_KM for away in every]),
        "beyond_100km_all": _share([away is not None and away > _FAR_KM for away in every]),
        "median_km": statistics.median([a for a in named if a is not None])
        if any(a is not None for a in named)
        else None,
        "in_gazetteer": _share(held),
        "within_25km_held": _share(
            [a is not None and a <= _NEAR_KM for a, one in zip(named, held, strict=True) if one]
        ),
        "reachable": _share(reachable),
        "texts": len(named),
        "texts_all": len(every),
    }


def told_place(claims: Sequence[Claim]) -> Place | None:
    """Return the place that the first claim of violence with a place gives: the finest of those with a point.

    Reports tell the incident first. Where that claim names only places that have no point, there is none: a later
    claim's place may be another event's. A place that is no finer than a province is passed over.
    """
    for claim in sorted(claims, key=lambda claim: claim.start):
        if not _is_violence(claim):
            continue
        placed = [
            place
            for place in claim.places
            if place.lat is not None
            and place.where_prec not in _COARSE
            and (place.precision_km or _COARSE_KM) < _COARSE_KM
        ]
        if placed:
            return min(placed, key=lambda place: place.precision_km or 0.0)
        if claim.places and all(place.lat is None for place in claim.places):
            return None
    return None


def _is_violence(claim: Claim) -> bool:
    hurt = any(quantity.measure in ("killed", "injured") for quantity in claim.quantities)
    return hurt or (claim.event is not None and claim.event.type == "ASSAULT")


def parts_of(location: str) -> list[str]:
    """Return the names that a description of a place holds: the parts between commas without their plain words."""
    found = []
    for part in re.split(r"[,/()-]|\bbetween\b|\band\b", re.sub(r"(?<=\b[Aa]l)-", " ", location)):
        name = " ".join(_GENERIC.sub(" ", part).split())
        if len(place_key(name)) > 2:
            found.append(name)
    return found


def names_one(text: str, parts: Sequence[str]) -> bool:
    """Say whether one of these names stands in a text, in any of its spellings."""
    wanted = {place_key(part) for part in parts}
    return any(place_key(name) in wanted for name in _names_in(text))


def _names_in(text: str) -> set[str]:
    words = [match.span() for match in _WORD.finditer(text)]
    return {
        text[words[at][0] : words[at + count][1]]
        for at in range(len(words))
        for count in range(min(_LONGEST, len(words) - at))
        if words[at + count][1] - words[at][0] < 60
    }


def _lists(gazetteer: Gazetteer, name: str, wanted: Sequence[Mapping[str, Any]]) -> bool:
    return any(
        distance_km(e.lat, e.lon, float(i["lat"]), float(i["lon"])) <= _NEAR_KM
        for e in gazetteer.find(name) or gazetteer.find_loosely(name)
        for i in wanted
    )


def _away(place: Place, incident: Mapping[str, Any]) -> float:
    return distance_km(place.lat or 0.0, place.lon or 0.0, float(incident["lat"]), float(incident["lon"]))


def _share(answers: Sequence[bool]) -> float | None:
    return 100 * sum(answers) / len(answers) if answers else None


if __name__ == "__main__":
    sys.exit(main())
