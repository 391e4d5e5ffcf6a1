"""Which figure, place, time and person belongs to which event: by clause, then by nearness in the tree."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.sphere import distance_km
from corroborate.model import EventType, Person, Place, Quantity, Span
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.grammar import syntax
from corroborate.read.mentions import DateMention, EventMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HARM: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# The events that a figure of each measure can belong to; a measure that is not here fits every event.
_FITS: dict[str, frozenset[EventType]] = {
    "killed": _HARM,
    "injured": _HARM,
    "missing": _HARM,
    "detained": _HARM,
    "displaced": frozenset({"DISPLACE", "RETREAT", "ASSAULT"}),
    "population": frozenset({"STATE"}),
}
_STATES: frozenset[EventType] = frozenset({"STATE"})  # what is told of a place, and by nobody done
# A sentence that names more places than a village, its district and its province tells of several events.
_FEW = 4
# Who tells of his own town or district where he says of no other.
_LOCAL_BODIES = frozenset([*lexicon("placewords")["locals"], *lexicon("placewords")["local_bodies"]])
_STREETS = frozenset(lexicon("placewords")["streets"])
_ROWS = frozenset({"conj", "appos", "list", "flat"})  # how the names of a row hang on each other
_THERE = re.compile(r"\b(?:surviv\w+|witness\w*|saw|present|injured|wounded)\b.* (?:in|of|on|at)\b", re.IGNORECASE)
_COUNTRY = 6  # UCDP's where_prec
_SETTLEMENTS = frozenset({"town", "village", "city", "hamlet", "camp", "neighbourhood", "neighborhood", "suburb"})
# Where the hurt are brought, and the words of that: where somebody dies of wounds is not where the shell fell.
_CARE = frozenset({"hospital", "clinic", "morgue", "infirmary", "dispensary"})
_CARED_FOR = frozenset(
    {"die", "dead", "death", "succumb", "martyr", "martyrdom", "wound", "injury", "take", "transfer", "transport",
     "rush", "carry", "bring", "evacuate", "move", "admit", "treat", "treatment", "receive", "deliver"}
)  # fmt: skip
# What happens somewhere; words and decisions are not placed from their surroundings.
PHYSICAL: frozenset[EventType] = frozenset(
    {"ASSAULT", "DISPLACE", "CONTROL", "RETREAT", "MOBILIZE", "COERCE", "AID", "PROTEST", "SANCTION"}
)
# A figure belongs to no event that is farther away in the tree than this many arcs, unless it stands in its clause (the
# whole tree of a sentence is seldom deeper: the deepest of EWT dev has 10).
_FAR = 6
# How long something lasts, or how often it is done, is not when.
TELLS_WHEN = frozenset({"date", "time", "period"})


@dataclass(slots=True)
class Held:
    """An event with its trigger's token and what has been given to it."""

    mention: EventMention
    token: Token
    voice: tuple[int, ...]  # the attributions that it stands in, from the outermost
    quantities: list[Quantity] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Located:
    """Something with a span, at the token that heads it."""

    span: Span
    token: Token
    voice: tuple[int, ...]


def head_of(doc: Doc, span: Span) -> Token | None:
    """Return the token that heads a span of code points, None where no token lies in it."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return found.root if found is not None and len(found) else None


def give_quantities(
    held: Sequence[Held], figures: Sequence[tuple[Quantity, Located]]
) -> list[tuple[Quantity, Located]]:
    """Give each figure to one event; return those that no event has a right to."""
    left = []
    by_sentence = events_by_sentence(held)
    for quantity, at in figures:
        fits = _FITS.get(quantity.measure)
        best, cost = None, 1000.0
        for event in by_sentence.get(at.token.sent.start, ()):
            inside = event.mention.clause.overlaps(at.span)
            if event.voice != at.voice or (fits is not None and event.mention.event.type not in fits):
                continue
            distance = syntax.tree_distance(at.token, event.token)
            if not inside and distance > _FAR:
                continue
            total = distance + (0 if inside else 5) + abs(at.token.i - event.token.i) / 1000
            if total < cost:
                best, cost = event, total
        # Only of the people met with harm is it plain without the clause what was done to them.
        if best is not None and (best.mention.clause.overlaps(at.span) or quantity.measure in _FITS):
            best.quantities.append(quantity)
        else:
            left.append((quantity, at))
    return left


def spare_the_counted(held: Sequence[Held], quantities: Sequence[Quantity]) -> None:
    """Take from the actors who is counted as harmed: where a parse without punctuation makes those killed the killers
    ("44 civilians killed mostly women killed in strikes"), nobody is named rather than a victim.
    """
    harmed = [q for q in quantities if q.measure in ("killed", "injured", "missing", "displaced") and q.high != 0]
    for event in held:
        kept = tuple(a for a in event.mention.event.actors if not any(a.overlaps(q) for q in harmed))
        if len(kept) < len(event.mention.event.actors):
            why = (*event.mention.why, "actors: who is counted as harmed is named as nobody's killer")
            event.mention = replace(event.mention, event=replace(event.mention.event, actors=kept), why=why)


def give_places(
    held: Sequence[Held], places: Sequence[tuple[Place, Located]], tellers: Mapping[int, Span | None] | None = None
) -> None:
    """Give each event the places of its clause, else the one place of its sentence, else the places of its sentence
    that no clause of another event holds, else what is said around it.

    "Shells fell on A in B province, causing the injury of two women": the injury has its places outside its clause.
    Where somebody comes from, where the hurt are brought, and where somebody else speaks, is not where it happened, nor
    is a state that does it or that is accused or asked:
    neither is what the words of who speaks name (`tellers`, by the number of the attribution), but that a local body
    that says where nothing else does speaks of its own place ("police in Kirkuk said that eight were killed").
    Around it is the one place of the sentence before, where that is of the same paragraph, else the one place that the
    report opens with; people who flee a region, and figures of them, are rather of that one in any case. "The town" is,
    at last, the one place that the report names at all.
    """
    by_sentence: dict[int, list[tuple[Place, Located]]] = {}
    spoken = tellers or {}
    parties = {(one.end, one.text.removeprefix("the ")): event for event in held for one in _parties_to(event)}
    for place, at in places:
        spoken_of = any(span.covers(place) for span in spoken.values() if span is not None)
        if not _is_origin(at.token) and not _is_of_care(at.token) and not spoken_of and not _is_party(place, parties):
            by_sentence.setdefault(at.token.sent.start, []).append((place, at))
    starts = sorted(by_sentence)
    beside = events_by_sentence(held)
    opening = _one_site(by_sentence[starts[0]]) if starts else []
    sites = {place.name: place for place, _ in places if place.where_prec != _COUNTRY}
    alone = list(sites.values()) if len(sites) == 1 else []
    for event in held:
        others = beside[event.token.sent.start]
        here = by_sentence.get(event.token.sent.start, [])
        event.places = [place for place, at in here if _in_clause(event, at, others)]
        if event.places or not (event.mention.event.type in PHYSICAL or _counts_harmed(event)):
            _add_town(event, opening)
            continue
        beyond = here and _is_of_speaker(event, here[0][1], spoken)
        if len({place.name for place, _ in here}) == 1 and not beyond:
            event.places = [here[0][0]]
            event.why.append("place: the only one of the sentence")
        elif here:
            event.places = _free(event, here, others, spoken)
            if event.places:
                event.why.append("place: those of its sentence that no other event holds")
        else:
            before = bisect_left(starts, event.token.sent.start)
            near = _place_before(event, by_sentence[starts[before - 1]]) if before else []
            # A country named in passing does not move what is told from the town that the report opens with.
            passing = all(place.where_prec == _COUNTRY for place in near)
            stays = opening and (passing or event.mention.event.type == "DISPLACE")
            found = near if near and not stays else opening
            if found:
                event.places = found
                event.flags.append("place_from_context")
                which = "the only one of the sentence before" if found is near else "the one that the report opens with"
                event.why.append(f"place: {which}")
        if not event.places and alone and (said := _settlement_said(event.token)):
            event.places = alone
            event.flags.append("place_from_context")
            event.why.append(f"place: '{said}', and the report names one only")
        if not event.places and event.voice and (teller := spoken.get(event.voice[-1])) is not None:
            own = [place for place, _ in places if teller.covers(place) and place.where_prec != _COUNTRY]
            if len({place.name for place in own}) == 1 and (_is_local(teller) or _was_there(teller)):
                event.places = own[:1]
                event.flags.append("place_from_context")
                event.why.append("place: that of who tells of it")
        _add_town(event, opening)


def _counts_harmed(event: Held) -> bool:
    return any(quantity.measure in ("killed", "injured") for quantity in event.quantities)


def _add_town(event: Held, opening: Sequence[Place]) -> None:
    """Add the town that the report opens with to a street that the gazetteer does not know."""
    own = [place for place in event.places if place.lat is None and place.relation is None]
    street = [place for place in own if place.name.split()[-1].lower() in _STREETS]
    town = [place for place in opening if place.lat is not None and place not in event.places]
    if street and len(street) == len(event.places) and town:
        event.places = [*event.places, *town]
        event.flags.append("place_from_context")
        event.why.append("place: a street, and the town that the report opens with")


def _settlement_said(inside: Token) -> str | None:
    """Return the words of a token's sentence that mean a settlement named elsewhere ("the town"), if any."""
    for token in inside.sent:
        before = token.nbor(-1) if token.i > inside.sent.start else None
        if before is not None and token.lower_ in _SETTLEMENTS and before.lower_ in ("the", "this", "that"):
            return f"{before.text} {token.text}"
    return None


def _is_local(teller: Span) -> bool:
    """Say whether who speaks is of one town or district: its mayor, police, hospital, people."""
    return not _LOCAL_BODIES.isdisjoint(re.findall(r"[a-z]+", teller.text.lower()))


def _was_there(teller: Span) -> bool:
    """Say whether who speaks is named as one who was there ("a nomad who survived the raid on X")."""
    return _THERE.search(teller.text) is not None


def _is_of_speaker(event: Held, at: Located, tellers: Mapping[int, Span | None]) -> bool:
    """Say whether a place stands outside the words that tell of an event: where somebody says them."""
    return not _is_of_event(event, at, tellers) and at.voice == event.voice[: len(at.voice)]


def _is_of_event(event: Held, at: Located, tellers: Mapping[int, Span | None]) -> bool:
    """Say whether something stands in the words that tell of an event, or beside what nobody in particular tells.

    "Twenty people were reported killed on Tuesday in Solhan": nobody reports on Tuesday in Solhan, they were killed.
    """
    if at.voice == event.voice:
        return True
    return bool(event.voice) and event.voice[-1] not in tellers and at.voice == event.voice[:-1]


def _free(
    event: Held, here: Sequence[tuple[Place, Located]], others: Sequence[Held], tellers: Mapping[int, Span | None]
) -> list[Place]:
    """Return the places of a sentence that are of the event's voice and of no other event: a few of them, or else the
    one that holds a row of villages which the gazetteer lacks ("the villages of A, B, C, D and E in X"), or none.
    """
    free = [(p, at) for p, at in here if _is_of_event(event, at, tellers) and not _is_anothers(event, at, others)]
    if len(free) <= _FEW:
        return [place for place, _ in free]
    if not any(at.token.dep_ in _ROWS for _, at in free):
        # One place told at length: "to the north of A in the south of B near the road from C to D in E".
        within = itertools.takewhile(lambda one: _is_led(one[1], "in"), free[1:])
        return [free[0][0], *(place for place, _ in within)]
    known = [(place, at) for place, at in free if place.lat is not None]
    holds = len(known) == 1 and known[0] == free[-1] and _is_led(known[0][1], "in")
    return [known[0][0]] if holds else []


def _is_led(at: Located, word: str) -> bool:
    return any(child.lower_ == word for child in at.token.children)


def _parties_to(event: Held) -> Sequence[Span]:
    """Return who acts in an event, and whom words and decisions are aimed at: where a blow is aimed at is a place."""
    told = event.mention.event
    return told.actors if told.type in PHYSICAL else (*told.actors, *told.targets)


def _is_party(place: Place, parties: Mapping[tuple[int, str], Held]) -> bool:
    """Say whether a name is that of a state that acts, or of who is spoken of in words and decisions ("Damascus")."""
    event = parties.get((place.end, place.text))
    words = event is not None and event.mention.event.type not in PHYSICAL and event.mention.event.type not in _STATES
    return event is not None and place.relation is None and (words or place.where_prec == _COUNTRY)


def _is_origin(token: Token) -> bool:
    """Say whether a place is where somebody comes from ("a child from Homs"), and not where something begins."""
    led = any(child.dep_ == "case" and child.lower_ == "from" for child in token.children)
    return led and token.dep_ == "nmod" and token.head.pos_ in ("NOUN", "PROPN", "NUM")


def _is_of_care(token: Token) -> bool:
    """Say whether a place is, or is that of, a hospital to which somebody is brought or where somebody dies."""
    while lemma_of(token) not in _CARE:
        if token.dep_ not in ("nmod", "compound", "flat", "appos") or token.head is token:
            return False
        token = token.head
    led = any(child.lower_ in ("in", "at", "to", "into") for child in token.children)
    return led and any(lemma_of(near) in _CARED_FOR for near in (token.head, *token.head.children))


def _one_site(found: Sequence[tuple[Place, Located]]) -> list[Place]:
    """Return the place of a sentence where it names one, or several of which each lies within the next ("A in northern
    B"): the finest, and the one that the gazetteer does not know, at most, of which the others say where it lies.
    """
    named = {place.name: place for place, _ in found}
    if len(named) == 1:
        return [found[0][0]]
    known = sorted((p for p in named.values() if p.lat is not None), key=lambda place: place.precision_km or 0.0)
    unknown = [place for place in named.values() if place.lat is None]
    nested = all(_holds(outer, inner) for inner, outer in itertools.pairwise(known))
    return [*unknown, known[0]] if nested and known and len(unknown) <= 1 else []


def _holds(outer: Place, inner: Place) -> bool:
    """Say whether a place lies within another: its point, and not as wide."""
    if None in (outer.lat, outer.lon, inner.lat, inner.lon):
        return False
    km = distance_km(outer.lat or 0.0, outer.lon or 0.0, inner.lat or 0.0, inner.lon or 0.0)
    return (inner.precision_km or 0.0) < (outer.precision_km or 0.0) and km <= (outer.precision_km or 0.0)


def _place_before(event: Held, last: Sequence[tuple[Place, Located]]) -> list[Place]:
    """Return the one site of the sentence directly before an event's, where no new paragraph begins between them."""
    sentence = last[0][1].token.sent
    if sentence.end != event.token.sent.start or sentence.text_with_ws.endswith("\n\n"):
        return []
    return _one_site(last)


def give_dates(
    held: Sequence[Held], dates: Sequence[tuple[DateMention, Located]], tellers: Mapping[int, Span | None] | None = None
) -> None:
    """Give each event the time of its clause that is nearest, else the one time of its sentence.

    A stretch of time ("in one week") is only of what its own clause tells.
    """
    by_sentence: dict[int, list[tuple[DateMention, Located]]] = {}
    for date, at in dates:
        if date.kind in TELLS_WHEN:
            by_sentence.setdefault(at.token.sent.start, []).append((date, at))
    beside = events_by_sentence(held)
    for event in held:
        others = beside[event.token.sent.start]
        here = by_sentence.get(event.token.sent.start, [])
        inside = [(date, at) for date, at in here if _in_clause(event, at, others)]
        if inside:
            nearest = min(inside, key=lambda item: syntax.tree_distance(item[1].token, event.token))
            event.dates = [nearest[0]]
        elif (
            len(here) == 1
            and _is_of_event(event, here[0][1], tellers or {})
            and here[0][0].kind != "period"
            and not _is_anothers(event, here[0][1], others)
        ):
            event.dates = [here[0][0]]
            event.why.append("time: the only one of the sentence")


def give_persons(held: Sequence[Held], persons: Sequence[tuple[Person, Located]]) -> None:
    """Give each named victim to the nearest event of harm in the sentence."""
    by_sentence = events_by_sentence(held)
    for person, at in persons:
        events = [e for e in by_sentence.get(at.token.sent.start, ()) if e.mention.event.type in _HARM]
        if events:
            min(events, key=lambda e: syntax.tree_distance(at.token, e.token)).persons.append(person)


def events_by_sentence(held: Sequence[Held]) -> dict[int, list[Held]]:
    """Return the events of each sentence, by its first token."""
    found: dict[int, list[Held]] = {}
    for event in held:
        found.setdefault(event.token.sent.start, []).append(event)
    return found


def _is_anothers(event: Held, at: Located, others: Sequence[Held]) -> bool:
    """Say whether something lies in the clause of another event that does not hold this one's trigger."""
    return any(
        other is not event and other.mention.clause.covers(at.span)
        and not other.mention.clause.overlaps(event.mention.trigger)
        for other in others
    )  # fmt: skip


def _in_clause(event: Held, at: Located, others: Sequence[Held]) -> bool:
    """Say whether something lies in an event's clause, and in no smaller clause of another event within it."""
    clause = event.mention.clause
    if not (clause.start <= at.span.start and at.span.end <= clause.end):
        return False
    for other in others:
        inner = other.mention.clause
        if other is event or inner.start > at.span.start or inner.end < at.span.end:
            continue
        smaller = (
            clause.start <= inner.start
            and inner.end <= clause.end
            and inner.end - inner.start < clause.end - clause.start
        )
        if smaller and not inner.overlaps(event.mention.trigger):
            return False
    return True
