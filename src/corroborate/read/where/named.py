"""What the words around the name of a place make of it: a province, its countryside, a side of it."""

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from corroborate.knowledge.lexicon import lexicon
from corroborate.read.grammar.words import Words

LEADS = frozenset(lexicon("placewords")["leads"])
KIND_AFTER = re.compile(
    r"\s+(?:(?P<division>(?:province|governorate|district|region|oblast|countryside)(?:\s+of)?)"
    r"|(?:town|city|village|camp)(?:\s+of)?"
    r"|(?:north|south)(?:-?(?:east|west))?|east|west)$",
    re.I,
)
WINDS = r"(?:north|south|east|west)[\s-]?(?:east|west)?(?:ern)?"
_MILES = r"(?:km|kilomet(?:er|re)s?|miles?)"
SHORT_WIND = r"(?-i:[NS][EW]\.?|[NSEW]\.)"  # "NE Syria", "N. Idlib"
_PART_BEFORE = re.compile(rf"(?:{WINDS}(?:\s+and\s+{WINDS})?|central|rural|{SHORT_WIND})\s+(?=[A-Z])", re.I)
_PROVINCE = re.compile(
    r"['’]?s?\s+(?:(?P<state>province|governorate|region|state|oblast|muhafazah|provinces|governorates|oblasts)"
    r"|(?P<county>district|sub-?district|prefecture|county|raion|canton|nahiya|districts))\b",
    re.I,
)
_PROVINCE_OF = re.compile(
    r"\b(?:(?P<state>province|governorate|region|oblast|state)|(?P<county>district|sub-?district|county))"
    r" of\s+(?:the\s+)?$",
    re.I,
)
# A village does not lie in a city: "two villages in Hama" are in the province.
_VILLAGE_IN = re.compile(r"\b(?:villages?|hamlets?|towns)\s+(?:in|across|throughout)\s+$", re.I)
# The last of a row of villages in the same way: "the villages of A, B and C in east and west X".
_ROW_IN = re.compile(
    rf"\b(?:villages|hamlets|towns)\s+of\s+[^.;:()\n]+\s(?:in|across)\s+(?:the\s+)?(?:{WINDS}(?:\s+and\s+{WINDS})?\s+)?$",
    re.I,
)
_ROW = 200  # code points of a row of villages that are looked back over
_SIDE_BEFORE = re.compile(rf"\b(?:{WINDS}|{SHORT_WIND})\s+#?$", re.I)
_BOTH_BEFORE = re.compile(rf"\b{WINDS}\s+and\s+{WINDS}\s+#?$", re.I)
_FAR_BEFORE = re.compile(rf"{_MILES}\s+{WINDS}\s+$", re.I)  # "20 km southern X" is south of it
_COMPOUND = re.compile(r" (?:Village|Town|City|Camp|Zone|Base)\b")  # "the Green Village" is no village named Green
_CITY_AFTER = re.compile(r"(?:['’]s)?\s+(?:city|town|neighbou?rhoods?|(?:international\s+)?airport)\b", re.I)
_CITY_BEFORE = re.compile(
    r"\b(?:(?:city|town|cent(?:re|er)|heart|streets|neighbou?rhoods?)\s+of|downtown|city|capital)\s+(?:the\s+)?$", re.I
)
_BESIDE_BEFORE = re.compile(
    rf"\b(?:near|close to|next to|outside|(?:outskirts|suburbs|vicinity|{WINDS}) of|around|central"
    r"|between|between\s+[^.;,]{1,40}\s+and"
    rf"|{_MILES}\s+(?:{WINDS}\s+)?(?:of|from))\s+$",
    re.I,
)
_COUNTRYSIDE = re.compile(r"(?:['’]?s)?\s+(?:\w+\s+)?(?:countryside|hinterland)\b", re.I)
_COUNTRYSIDE_OF = re.compile(r"\b(?:countryside|hinterland) of\s+(?:the\s+)?(?:city of\s+)?$|\brural\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a place: code points, the name, and what the words around it make of it."""

    start: int
    end: int
    name: str
    entity: bool  # the encoder says that it is a place
    led: bool  # a preposition of place leads to it
    province: Literal["state", "county"] | None = None  # "X province": the division, not the city
    fringe: bool = False  # "X countryside", "the countryside of X"
    villages: bool = False  # "villages in X", "X village in Y"
    sided: bool = False  # "northern X"
    city: bool = False  # "X city", "the centre of X"
    beside: bool = False  # "near X", "20 km from X": what things are near to is a town
    country: str | None = None  # it names this country


def _division(right: str, left: str) -> Literal["state", "county"] | None:
    found = _PROVINCE.match(right) or _PROVINCE_OF.search(left)
    if found is None:
        return None
    return "state" if found["state"] else "county"


def named_at(doc: Doc, words: Words, i: int, end: int, country: str | None, entity: bool, *, own: bool) -> Named:
    """Return the name of the words `i` to `end` without what describes it; `country` (ISO) is the one they name.

    What is a place's `own` name keeps its side and its word for a town: "South Sudan", "Oklahoma City".
    """
    text, start, stop = words.text, words.start_of(i), words.end_of(end - 1)
    kind = KIND_AFTER.search(text, start, stop)  # "Idlib governorate" named as one
    stop = kind.start() if kind and not (own and kind["division"] is None) else stop
    whole = _COMPOUND.match(text, stop) if text[max(0, start - 4) : start].lower() == "the " else None
    stop = whole.end() if whole else stop
    part = _PART_BEFORE.match(text, start, stop)  # "Northwest Syria", "N. Idlib"
    start = part.end() if part and part.end() < stop and not own else start
    right, left = text[stop : stop + 30], text[max(0, start - 30) : start].removesuffix("#")
    city = bool(_CITY_AFTER.match(right) or _CITY_BEFORE.search(left))
    both = _BOTH_BEFORE.search(left) is not None
    return Named(
        start=start,
        end=stop,
        name=text[start:stop],
        entity=entity,
        led=bool(i) and doc[i - 1].lower_ in LEADS,
        province=_division(right, left) if country is None else None,
        fringe=bool(_COUNTRYSIDE.match(right) or _COUNTRYSIDE_OF.search(left)),
        villages=bool(_VILLAGE_IN.search(left) or _ROW_IN.search(text, max(0, start - _ROW), start)),
        sided=_SIDE_BEFORE.search(left) is not None and not (city or both or _FAR_BEFORE.search(left)),
        city=city,
        beside=_BESIDE_BEFORE.search(left) is not None,
        country=country or None,
    )
