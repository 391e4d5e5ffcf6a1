"""How exactly a place is known, in the codes of the field's formats: UCDP GED's `where_prec`, ACLED's `geo_precision`.

`where_prec`: 1 the exact location; 2 within about 25 km of a known point; 3 the district (second level); 4 the province
(first level); 5 a linear feature or a fuzzy area; 6 the country. 7, international waters or airspace, is never given:
the gazetteer lists neither. `geo_precision`: 1 a named town or a quarter of it; 2 a small part of a region, or near a
town; 3 a larger region; a place known by its country alone has none, as ACLED codes no such event.
Source: the codebooks of UCDP GED 23.1 and of ACLED (2026).
"""

from typing import Literal

PlaceLevel = Literal["point", "district", "province", "country"]
_NEAR_KM = 25.0  # UCDP's own figure for code 2
# A point that a person gives: no wider than a town of 230,000 people (knowledge/gazetteer, city_radius).
_EXACT_KM = 5.0
_EXACT: dict[PlaceLevel, int] = {"point": 1, "district": 3, "province": 4, "country": 6}
_ACLED = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}


def where_prec(level: PlaceLevel, relation: str | None, precision_km: float | None) -> int:
    """Return UCDP's code of a place of that level, given by that kind of relation, that lies within so many km."""
    if relation is None:
        return _EXACT[level]
    if level != "point":
        return 5  # a side of an area, or beside one
    if relation in ("part_of", "near"):
        return 1 if relation == "part_of" else 2  # a quarter of a town; "near" it
    return 2 if precision_km is not None and precision_km <= _NEAR_KM + _EXACT_KM else 5


def where_prec_of_km(precision_km: float) -> int:
    """Return UCDP's code of a point that lies within so many km and of which nothing else is known."""
    return 1 if precision_km <= _EXACT_KM else 2 if precision_km <= _NEAR_KM else 5


def geo_precision(ucdp: int | None) -> int | None:
    """Return ACLED's code for UCDP's; None for a country and where there is none."""
    return _ACLED.get(ucdp) if ucdp is not None else None
