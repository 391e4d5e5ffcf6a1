"""A claim as linking sees it: where, when, what, who and how many, in forms that can be compared."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from anyascii import anyascii

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.sphere import distance_km
from corroborate.link.rules import linking_rules
from corroborate.model import Claim, Document, Place, Quantity, When

_WORD = re.compile(r"[^\W\d_]{4,}")
# A place with coordinates but no radius: a town's, the middle of what a gazetteer's point stands for. A name without
# coordinates is that of a small place: the gazetteer knows those of 500 people and more.
_UNKNOWN_RADIUS_KM = 10.0
_UNLISTED_RADIUS_KM = 3.0
# The widest city of the gazetteer (Moscow, 12 million people) has a radius of 20 km; a district has more.
CITY_RADIUS_KM = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place to compare: its ids (gazetteer id, else name in plain letters), degrees, and radius in km.

    `written` is the name in plain letters, null where the place is only given by others ("near X"); `said` is what a
    text that names it says: its name, or those of the places that it is given by.
    """

    ids: frozenset[str]
    written: str | None
    said: str
    name: str
    lat: float | None
    lon: float | None
    radius: float
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last day as ordinals; `open` where the end is only the day of the report ("since 1 March")."""

    start: int
    end: int
    open: bool = False

    @property
    def length(self) -> int:
        """The number of days, at least 1."""
        return self.end - self.start + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many, of whom: low and high as said, each null where not bounded."""

    measure: str
    who: str | None
    low: float | None
    high: float | None
    bound: str

    @property
    def said(self) -> float | None:
        """The number that was spoken, whatever its bound."""
        return self.low if self.low is not None else self.high

    def interval(self) -> tuple[float, float]:
        """The least and the most it can be."""
        return (self.low if self.low is not None else 0.0, self.high if self.high is not None else float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one claim, or the claims of one document on one event, say in forms that can be compared.

    `claims` are in the document's order; `around` are the ids of all places named with it that are no larger than a
    city; `speakers` are whose words they are; `published` is an ordinal; `sentence` is the number of the sentence,
    below zero for a post: what stands in one post is said in one breath; `spans` are where the claims stand in the
    document; `part` is true where all figures are parts of a total; `killed` are those of the persons who are said to
    be dead; `rejected` is true where it is said not to have happened.
    """

    claims: tuple[str, ...]
    document: str
    sentence: int
    heading: bool
    type: str
    total: bool
    part: bool
    mode: str | None
    spots: tuple[Spot, ...]
    around: frozenset[str]
    days: Days | None
    published: int | None
    figures: tuple[Figure, ...]
    actors: frozenset[str]
    targets: frozenset[str]
    persons: frozenset[str]
    killed: frozenset[str]
    words: frozenset[str]
    speakers: frozenset[str]
    guessed: bool
    rejected: bool
    spans: tuple[tuple[int, int], ...]
    text: str

    @property
    def placed_or_dated(self) -> bool:
        """Whether anything outside of its own document could be shown to be the same event."""
        return bool(self.spots) or self.days is not None


@lru_cache(2**14)
def plain(name: str) -> str:
    """Return a name in lower-case Latin letters and digits with single spaces, without a leading article."""
    folded = re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower()).strip()
    return re.sub(r"^(?:al|el|as|ad|ar|an|the) ", "", folded)


def read_claim(claim: Claim, document: Document) -> Reading:
    """Return the claim's reading.

    The type is empty where the claim is of no act. Where people are harmed and the event has no type of an act it is
    that of the act that harms so: "44 people died" is told of the same strike as "a strike killed 44".
    """
    event = claim.event
    # What a claim rejects is no figure of the event: "no civilians were killed" is told of a strike with dead.
    told = claim.polarity == "affirmed" and claim.modality != "denied"
    # A part of a total ("17 killed, six of them children") is no rival count of the event's people; told with a place
    # of its own ("200 of them died in one village") it counts those of another event.
    whole = [quantity for quantity in claim.quantities if quantity.part_of is None]
    figures = tuple(_figure(quantity) for quantity in whole or (claim.quantities if claim.places else ()))
    acts = linking_rules().acts
    total = is_total(claim, document)
    spots = _area(claim) if total else _spots(claim.places)
    return Reading(
        claims=(claim.id,),
        document=claim.document,
        sentence=_sentence(claim, document),
        heading=_segment(claim, document, "heading") is not None,
        type=event.type if event and event.type in acts else _type_of_harm(figures),
        total=total,
        part=bool(claim.quantities) and not whole,
        mode=event.mode if event else None,
        spots=spots,
        around=_set(key for place in claim.places for key in _named(place)),
        days=_days(claim.when),
        published=_told_on(claim, document),
        figures=figures if told else (),
        actors=_set(actor.party for actor in event.actors if actor.party) if event else _NOBODY,
        targets=_set(target.party for target in event.targets if target.party) if event else _NOBODY,
        persons=_set(plain(person.name) for person in claim.persons if " " in person.name.strip()),
        killed=_set(
            plain(person.name) for person in claim.persons if " " in person.name.strip() and person.status == "killed"
        ),
        words=_words(claim.text),
        speakers=_set((plain(claim.chain[-1].name) if claim.chain else "",)),
        guessed=claim.modality == "speculated",
        rejected=not told,
        spans=((claim.start, claim.end),),
        text=claim.text,
    )


def takes_part(reading: Reading) -> bool:
    """Whether the claim speaks of something that happened somewhere, some day, or to a counted number of people."""
    return reading.type != ""


def anchored(reading: Reading) -> bool:
    """Whether the reading is held to one event by a place, a time or a figure of people harmed."""
    rules = linking_rules()
    near = any(spot.radius <= rules.place_km for spot in reading.spots)
    dated = reading.days is not None and reading.days.length <= rules.days
    return near or dated or _harmed(reading.figures)


def is_total(claim: Claim, document: Document) -> bool:
    """Whether the claim's figures are a total over a time or an area and not those of one act."""
    if not claim.quantities:
        return False
    rules = linking_rules()
    when = claim.when
    if rules.single.search(claim.text):
        return False
    if any(q.measure in rules.harm[:1] and (q.low or q.high or 0) >= rules.war_from for q in claim.quantities):
        return True
    if when is None and rules.plural.search(claim.text) and not _in_village(claim):
        return True
    if when is not None and when.precision == "open" and when.start is not None:
        return True
    said = [claim.text, (when.text if when else None) or ""]
    sentence = next((text for text in document.sentences if text[0] <= claim.start < text[1]), None)
    if sentence is not None:
        said.append(document.text[sentence[0] : sentence[1]][: claim.end - sentence[0]])
    return any(rules.period.search(text) for text in said)


def merged(readings: list[Reading]) -> Reading:
    """Return one reading for readings of one document that are held to speak of one event."""
    first = readings[0]
    spots = finest(tuple(spot for reading in readings for spot in reading.spots))
    dated = [reading.days for reading in readings if reading.days is not None]
    return replace(
        first,
        part=all(reading.part for reading in readings),
        claims=tuple(claim for reading in readings for claim in reading.claims),
        mode=next((reading.mode for reading in readings if reading.mode), None),
        spots=spots,
        around=_set(value for reading in readings for value in reading.around),
        days=min(dated, key=lambda days: (days.length, days.start)) if dated else None,
        figures=tuple(dict.fromkeys(figure for reading in readings for figure in reading.figures)),
        actors=_set(value for reading in readings for value in reading.actors),
        targets=_set(value for reading in readings for value in reading.targets),
        persons=_set(value for reading in readings for value in reading.persons),
        killed=_set(value for reading in readings for value in reading.killed),
        words=frozenset().union(*(reading.words for reading in readings)),
        speakers=_set(value for reading in readings for value in reading.speakers),
        guessed=all(reading.guessed for reading in readings),
        rejected=all(reading.rejected for reading in readings),
        spans=tuple(span for reading in readings for span in reading.spans),
        text=" ".join(reading.text for reading in readings),
    )


def finest(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Return the places that say most exactly where it was: those within twice the radius of the finest."""
    if not spots:
        return ()
    least = min(spot.radius for spot in spots)
    kept = [spot for spot in spots if spot.radius <= 2 * least]
    return tuple(sorted(dict.fromkeys(kept), key=lambda spot: (spot.radius, spot.name, sorted(spot.ids))))


def same_spot(a: Spot, b: Spot) -> bool:
    """Whether two places are one by id, or by name where the gazetteer tells of one of them only.

    What one report places ("Kupiansk", beside its province) another leaves open, as it says nothing of where it lies.
    """
    if a.ids & b.ids:
        return True
    return (a.lat is None or b.lat is None) and a.written is not None and a.written == b.written


def kilometres(a: Spot, b: Spot) -> float | None:
    """Return the great circle distance of two places, null where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def _in_village(claim: Claim) -> bool:
    # Several strikes on one village are told of as one event; on a city or a province they are many.
    return any(spot.radius <= linking_rules().place_km for spot in _spots(claim.places))


def _told_on(claim: Claim, document: Document) -> int | None:
    """Return the last day (an ordinal) on which the claim can have been made public: the post's or the document's."""
    post = _segment(claim, document, "post")
    found = document.segments[post].post if post is not None else None
    if found is not None and found.date is not None:
        return found.date.toordinal()
    return document.published.end.toordinal() if document.published else None


def _sentence(claim: Claim, document: Document) -> int:
    post = _segment(claim, document, "post")
    return -1 - post if post is not None else bisect_right([start for start, _ in document.sentences], claim.start)


def _segment(claim: Claim, document: Document, kind: str) -> int | None:
    return next((i for i, s in enumerate(document.segments) if s.kind == kind and s.covers(claim)), None)


def _figure(quantity: Quantity) -> Figure:
    return Figure(
        measure=quantity.measure, who=quantity.who, low=quantity.low, high=quantity.high, bound=quantity.bound
    )


def _type_of_harm(figures: tuple[Figure, ...]) -> str:
    measures = {figure.measure for figure in figures if figure.said is not None}
    if measures & {"killed", "injured", "missing"}:
        return "ASSAULT"
    return "DISPLACE" if "displaced" in measures else "COERCE" if "detained" in measures else ""


def _harmed(figures: tuple[Figure, ...]) -> bool:
    return any(figure.measure in linking_rules().harm and figure.said is not None for figure in figures)


def _spots(places: tuple[Place, ...]) -> tuple[Spot, ...]:
    spots = [(place, _spot(place)) for place in places]
    if any(spot.lat is not None and spot.radius <= CITY_RADIUS_KM for _, spot in spots):
        # A street that no gazetteer has is told beside its town, by which other reports know it.
        streets = lexicon("placewords")["streets"]
        spots = [(p, s) for p, s in spots if s.lat is not None or p.name.split()[-1].lower() not in streets]
    return finest(tuple(spot for _, spot in spots))


def _area(claim: Claim) -> tuple[Spot, ...]:
    """Return the area of a total: the place named next after its figure, else the finest.

    "In support of the assault on Raqqa, 300 were killed in Raqqa province": the finest place is not the total's.
    """
    figure = next((q for q in claim.quantities if q.measure in linking_rules().harm), None)
    after = [place for place in claim.places if figure is not None and place.start >= figure.end]
    return _spots((min(after, key=lambda place: place.start),) if after else claim.places)


def _spot(place: Place) -> Spot:
    relation = place.relation
    written = None
    if relation is not None and relation.kind != "part_of":
        # "19 km southwest of Raqqa" is not Raqqa: the reference's name and id are not the place's own.
        of = ",".join(sorted(plain(other) for other in relation.of))
        ids = {f"{relation.kind}:{relation.km}:{relation.bearing}:{of}"}
    else:
        written = f"name:{plain(place.name)}"
        ids = {place.gazetteer_id or written}
    return Spot(
        ids=frozenset(ids),
        written=written,
        said=" ".join(relation.of) if relation is not None and relation.of else place.name,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius=_radius(place),
        country=place.country,
    )


def _named(place: Place) -> frozenset[str]:
    spot = _spot(place)
    if spot.radius > CITY_RADIUS_KM:
        return frozenset()
    near = place.relation.of if place.relation is not None and spot.written is None else ()
    return spot.ids | {f"name:{plain(name)}" for name in near} | ({spot.written} if spot.written else set())


def _radius(place: Place) -> float:
    if place.precision_km is not None:
        return place.precision_km
    return _UNLISTED_RADIUS_KM if place.lat is None else _UNKNOWN_RADIUS_KM


def _days(when: When | None) -> Days | None:
    if when is None or (when.start is None and when.end is None):
        return None
    start, end = when.start or when.end, when.end or when.start
    assert start is not None
    assert end is not None
    is_open = when.precision == "open"
    return Days(start=start.toordinal(), end=max(start, end).toordinal(), open=is_open)


def _words(text: str) -> frozenset[str]:
    # Names and figures have comparisons of their own: only words in lower case count.
    return frozenset(sys.intern(word) for word in _WORD.findall(text) if word[0].islower())


def _set(values: Iterable[str]) -> frozenset[str]:
    """Return a set of values; equal ones are one object, as a million claims have few of them."""
    return _kept(tuple(sorted(set(values))))


@lru_cache(2**14)
def _kept(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(values)


_NOBODY: frozenset[str] = frozenset()
