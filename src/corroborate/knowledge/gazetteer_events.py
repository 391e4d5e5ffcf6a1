"""The places of event lists that a user has: rows of UCDP GED (CC BY 4.0) and of ACLED, each with a name and a point.

A row gives a place only where its own code says that the point is that place's: UCDP's `where_prec` 1 and 2 (the point
named), 3 (a district) and 4 (a province), ACLED's `geo_precision` 1 and 2 (a town).
"""

import re
from collections.abc import Mapping
from typing import Literal

from corroborate.knowledge.areas import Areas
from corroborate.knowledge.gazetteer import SMALL_AREA_KM, UNKNOWN_RADIUS, Entry, Named, PlaceKind
from corroborate.knowledge.gazetteer_boundaries import point
from corroborate.knowledge.placenames import place_key

EventList = Literal["UCDP", "ACLED"]
_NAME: dict[EventList, str] = {"UCDP": "where_coordinates", "ACLED": "location"}
_CODE: dict[EventList, str] = {"UCDP": "where_prec", "ACLED": "geo_precision"}
_KINDS: dict[EventList, dict[str, PlaceKind]] = {
    "UCDP": {"1": "city", "2": "city", "3": "county", "4": "state"},
    "ACLED": {"1": "city", "2": "city"},
}
_REACH: dict[PlaceKind, float] = {"county": SMALL_AREA_KM, "state": 39.0}  # as of divisions with few towns
# "Ar Raqqah town", "Menbij district", "Homs governorate": what UCDP adds to a name.
_GENERIC = re.compile(
    r"\s+(?P<word>town|city|village|hamlet|settlement|camp|neighbou?rhood|suburb|(?:sub-?)?district|county|raion"
    r"|governorate|province|oblast|state|region|department)$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(.*\)")


def event_list(header: list[str]) -> EventList | None:
    """Return whose columns these are, None where they are of neither list."""
    low = {name.strip().lower() for name in header}
    if not {"latitude", "longitude", "country"} <= low:
        return None
    return next((kind for kind in _NAME if {_NAME[kind], _CODE[kind]} <= low), None)


class Rows:
    """The places of the rows of one file, each once."""

    def __init__(self, kind: EventList) -> None:
        self._kind: EventList = kind
        self._areas = Areas()
        self._seen: set[str] = set()

    def place(self, cells: Mapping[str, str]) -> Named | None:
        """Return the place of a row (columns in small letters); None where it gives none, or one that came before.

        Raises ValueError, which says what is wrong with the row.
        """
        said = cells.get(_NAME[self._kind], "").strip()
        kind = _KINDS[self._kind].get(cells.get(_CODE[self._kind], "").strip().removesuffix(".0"))
        if not said or kind is None:
            return None
        lat, lon = point(cells.get("latitude", ""), cells.get("longitude", ""))
        country = self._country(cells.get("country", ""))
        name = _GENERIC.sub("", said)
        gid = f"{self._kind.lower()}:{place_key(name)}:{kind}:{lat:.3f},{lon:.3f}"
        if gid in self._seen:
            return None
        self._seen.add(gid)
        entry = Entry(
            id=gid, name=name, lat=lat, lon=lon, radius_km=_REACH.get(kind, UNKNOWN_RADIUS), country=country, admin1="",
            population=0, kind=kind,
        )  # fmt: skip
        return entry, [said] if said != name else []

    def _country(self, said: str) -> str:
        known = self._areas.country_of(_IN_BRACKETS.sub("", said).strip())
        if known is None:
            raise ValueError(f"has no country that is known ({said!r})")
        return known[0]
