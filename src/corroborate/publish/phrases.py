"""Quantities, ranges, times, places, chains and modality in plain words: one place, so that no bound is ever lost."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from corroborate.model import (
    Claim,
    Document,
    Event,
    Harm,
    HarmGroup,
    Hop,
    Incident,
    OriginCount,
    Place,
    Quantity,
    Range,
    Relation,
    Toll,
    When,
)
from corroborate.publish.words import BOUNDS, EVENTS, GROUPS, MODALITIES, MODES, PEOPLE, POLARITIES

# The control characters of Unicode (C0, C1) and its line and paragraph separators.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What embeds, overrides and isolates the direction of writing (Unicode annex 9).
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
NOT_SURE_WHO = "not sure who"
_COMPASS = (
    "north", "north-north-east", "north-east", "east-north-east", "east", "east-south-east", "south-east",
    "south-south-east", "south", "south-south-west", "south-west", "west-south-west", "west", "west-north-west",
    "north-west", "north-north-west",
)  # fmt: skip


def clean(text: str) -> str:
    """Return the text on one line, without characters that could drive a terminal or turn the reading direction."""
    return " ".join(_TURNS.sub("", _CONTROLS.sub(" ", text)).split())


def shorten(text: str, width: int) -> str:
    """Return the text on one line of at most `width` characters, cut at a word, with an ellipsis where it was cut."""
    line = clean(text)
    if len(line) <= width:
        return line
    head = line[: width - 1]
    cut = head.rfind(" ")
    return head[: cut if cut > width // 2 else len(head)].rstrip(" ,;:") + "…"


def short(key: str) -> str:
    """Return an id's first 12 characters, which stand for it wherever an id is asked for while no other begins so."""
    return key[:12]


def number(value: float) -> str:
    """Return a number with its thousands parted; no decimals where it has none."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def figure(quantity: Quantity) -> str:
    """Return the figure alone with its bound as said: "at least 300", "more than 120", "“dozens” (24 to 99)"."""
    write = _percent if quantity.measure == "share" else number
    low, high = quantity.low, quantity.high
    if quantity.bound == "vague" or (low is None and high is None):
        said = f"“{clean(quantity.text)}”"
        return said if low is None and high is None else f"{said} (taken as {_between(low, high, write)})"
    if low is not None and high is not None and low != high:
        between = f"{write(low)} to {write(high)}"
        return between if quantity.bound == "exact" else f"{quantity.bound.replace('_', ' ')} {between}"
    value = write(low if low is not None else high)  # type: ignore[arg-type]  # one of the two is given here
    return BOUNDS[quantity.bound].format(low=value, high=value)


def quantity_words(quantity: Quantity) -> str:
    """Return a figure with what it counts: "at least 300 civilians killed", "about 220,000 people (population)"."""
    said, who = figure(quantity), PEOPLE[quantity.who] if quantity.who else ""
    match quantity.measure:
        case "population":
            return f"{said} {who or 'people'} (population)"
        case "share":
            return f"{said} of {who or 'the whole'}"
        case "other":
            return said if quantity.bound == "vague" else f"{said} (“{clean(quantity.text)}”)"
        case "fighters" | "vehicles":
            return f"{said} {quantity.measure}"
        case _:
            return " ".join(part for part in (said, who, quantity.measure) if part)


def toll_words(toll: Toll) -> str:
    """Return the dead and the hurt of a report's main event, with their bounds; empty where it tells of none."""
    told = []
    if toll.killed is None:
        told.append("several killed, whom it does not count")
    elif toll.killed:
        how = {
            "names": ", by the names it gives",
            "headline": ", by its headline",
            "implied": ", for a death told without a figure",
        }
        told.append(_told(toll.killed, toll.killed_said) + " killed" + how.get(toll.killed_from, ""))
    if toll.injured:
        told.append(_told(toll.injured, toll.injured_said) + " injured")
    return "; ".join(told) + ", as this report tells it" if told else ""


def _told(value: int, said: Quantity | None) -> str:
    """Return a number with the bound that it was told with; without, where it was put together from several."""
    whole = said is not None and value in (said.low, said.high)
    return figure(said) if whole and said is not None else number(value)


def range_words(found: Range | None) -> str:
    """Return a range: "17", "17 to 23", "at least 17" where no report bounds it from above, "–" where none counts."""
    if found is None:
        return "–"
    if found.max is None:
        return f"at least {number(found.min)}"
    if found.max == found.min:
        return number(found.min)
    return f"up to {number(found.max)}" if found.min == 0 else f"{number(found.min)} to {number(found.max)}"


def harm_words(harm: dict[HarmGroup, Harm]) -> list[str]:
    """Return one phrase for each group and kind of harm that some report counts."""
    words = []
    for group, found in harm.items():
        words += [
            f"{range_words(span)} {kind}, {GROUPS[group]}"
            for kind, span in (("killed", found.killed), ("injured", found.injured))
            if span is not None
        ]
    return words


def count_words(count: OriginCount) -> str:
    """Return the two numbers of independent origins: "2 shown, 4 possible"."""
    return f"{count.shown} shown, {count.possible} possible"


def event_words(event: Event | None) -> str:
    """Return what happened in plain words, "event not recognised" where it is not known."""
    if event is None:
        return "event not recognised"
    if event.mode is None:
        return EVENTS[event.type]
    return MODES.get(event.mode, f"{EVENTS[event.type]} ({event.mode})")


def what_words(incident: Incident, claims: Iterable[Claim]) -> str:
    """Return what kind of event an incident is; its mode only where all claims that give one give the same."""
    events = [claim.event for claim in claims if claim.event and claim.event.type == incident.type]
    modes = {event.mode for event in events if event.mode}
    what = "event" if incident.type is None else EVENTS[incident.type]
    if len(modes) == 1 and incident.type is not None:
        what = event_words(Event(type=incident.type, mode=modes.pop()))
    words = f"total: {what}" if incident.aggregate else what
    return words[0].upper() + words[1:]


def incident_words(incident: Incident, claims: Iterable[Claim]) -> str:
    """Return what, where and when of an incident in one line."""
    return f"{what_words(incident, claims)} · {incident_where(incident)} · {incident_when(incident)}"


def incident_where(incident: Incident) -> str:
    """Return where an incident was; that the place is disputed, where accounts clash on it."""
    if incident.where:
        return place_words(incident.where)
    return "place disputed" if any(one.about == "place" for one in incident.contradictions) else "place not known"


def incident_when(incident: Incident) -> str:
    """Return when an incident was; that the day is disputed, where accounts clash on it."""
    if incident.when:
        return when_words(incident.when)
    return "day disputed" if any(one.about == "day" for one in incident.contradictions) else "day not known"


def day_words(day: date) -> str:
    """Return a day: "9 June 2017"."""
    return f"{day.day} {day:%B} {day.year}"


def when_words(when: When) -> str:
    """Return a time as days in words; the words of the text in quotation marks where no day is known."""
    if when.start is None and when.end is None:
        return f"“{clean(when.text)}”" if when.text else "day not known"
    if when.start is None or when.end is None:
        return f"from {day_words(when.start)} on" if when.start else f"until {day_words(when.end)}"  # type: ignore[arg-type]
    return interval_words(when.start, when.end)


def interval_words(start: date, end: date) -> str:
    """Return the days from `start` to `end`: "9 June 2017", "5 to 11 June 2017", "June 2017", "2017"."""
    if start == end:
        return day_words(start)
    after = end + timedelta(days=1)
    if (start.day, start.month, after.day, after.month) == (1, 1, 1, 1) and after.year == start.year + 1:
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        whole = start.day == 1 and after.day == 1
        return f"{start:%B} {start.year}" if whole else f"{start.day} to {day_words(end)}"
    first = f"{start.day} {start:%B}" if start.year == end.year else day_words(start)
    return f"{first} to {day_words(end)}"


def place_words(place: Place) -> str:
    """Return a place by name, with how it is given by others where that adds something."""
    relation = relation_words(place.relation)
    name = clean(place.name)
    told = place.relation is not None and all(clean(of).casefold() in name.casefold() for of in place.relation.of)
    return name if told or not relation else f"{name} ({relation})"


def setting_words(claim: Claim) -> str:
    """Return where and when a claim puts its event, as far as it says."""
    places = "; ".join(dict.fromkeys(map(_area_words, claim.places))) or "place not said"
    return f"{places}, {when_words(claim.when) if claim.when else 'day not said'}"


def _area_words(place: Place) -> str:
    """Return a place with how wide it is: a city and the province of its name are told apart by nothing else."""
    wide = "" if place.precision_km is None else f" (within {number(round(place.precision_km))} km)"
    return place_words(place) + wide


def publisher_words(document: Document) -> str:
    """Return who published a document: its outlet, else its author (of a post), else its name."""
    return clean(document.outlet or document.author or document.name)


def published_words(document: Document | None) -> str:
    """Return when a document was published."""
    published = document.published if document else None
    return interval_words(published.start, published.end) if published else "day of publication not known"


def relation_words(relation: Relation | None) -> str:
    """Return how a place is given by others: "19 km south-west of Raqqa", "near A", "between A and B"."""
    if relation is None:
        return ""
    of = " and ".join(clean(name) for name in relation.of)
    match relation.kind:
        case "near":
            return f"near {of}"
        case "between":
            return f"between {of}"
        case "part_of":
            return f"part of {of}"
    distance = f"{number(relation.km)} km" if relation.km is not None else ""
    return " ".join(part for part in (distance, compass(relation.bearing), "of", of) if part)


def compass(bearing: float | None) -> str:
    """Return the nearest of the sixteen points for a bearing in degrees clockwise from north."""
    return "" if bearing is None else _COMPASS[round(bearing / 22.5) % 16]


def located_words(place: Place) -> str:
    """Return where a place was found on the map and how precisely (km and the field's codes), or that it was not."""
    if place.lat is None or place.lon is None:
        return "not located"
    within = "" if place.precision_km is None else f", within {number(round(place.precision_km, 1))} km"
    codes = [f"{name} {code}" for name, code in (("UCDP", place.where_prec), ("ACLED", place.geo_precision)) if code]
    told = f" ({', '.join(codes)})" if codes else ""
    return f"{place.lat:.4f}, {place.lon:.4f}{within}{told}"


def hop_words(hop: Hop) -> str:
    """Return one voice of a chain; a voice that nobody names keeps its words in quotation marks."""
    return f"“{clean(hop.name)}”" if hop.kind == "unnamed" else clean(hop.name)


def chain_words(claim: Claim, arrow: str = "->") -> str:
    """Return the chain from the publishing document to the origin; an unresolved voice ends it with "not sure who"."""
    names = [hop_words(hop) for hop in claim.chain]
    if claim.voice == "unresolved":
        names.append(NOT_SURE_WHO)
    return f" {arrow} ".join(names) or "(no chain)"


def modality_words(claim: Claim) -> str:
    """Return how surely, and whether as having happened: "reported", "denied, as not having happened"."""
    return claim.modality if claim.polarity == "affirmed" else f"{claim.modality}, negated"


def modality_sentence(claim: Claim) -> str:
    """Return modality and polarity at length, for a tooltip or a card."""
    return f"{MODALITIES[claim.modality]}, {POLARITIES[claim.polarity]}"


def _between(low: float | None, high: float | None, write: Callable[[float], str]) -> str:
    if low is None or high is None:
        return f"up to {write(high or 0)}" if low is None else f"at least {write(low)}"
    return write(low) if low == high else f"{write(low)} to {write(high)}"


def _percent(value: float) -> str:
    return f"{number(round(value * 100, 1))} percent"
