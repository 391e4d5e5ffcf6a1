"""Which rows of a list can be an incident's event, and what they say of it, field by field."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from anyascii import anyascii

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.knowledge.sphere import distance_km
from corroborate.model import Comparison, FieldComparison, HarmGroup, Incident, Range
from corroborate.weigh.check.rows import Reference

# More rows than these on one incident say that it could be any of them; a person is shown the nearest.
_SHOWN = 3
_KILLED_GROUPS: tuple[HarmGroup, ...] = ("unspecified", "civilians")


def check(
    incidents: Iterable[Incident], references: Sequence[Reference], *, parties: Parties | None = None
) -> tuple[Comparison, ...]:
    """Return for each incident, in order, the rows that can be the same event, the nearest first, or that none can."""
    register = parties or Parties.load()
    found: list[Comparison] = []
    for incident in incidents:
        compared = [(row, _fields(incident, row, register)) for row in references if _can_be(incident, row)]
        compared.sort(key=lambda pair: (-_agreeing(pair[1]), pair[0].line))
        for row, fields in compared[:_SHOWN]:
            found.append(
                Comparison(
                    incident=incident.id, reference=row.id, line=row.line, fields=fields, why=_why(row, len(compared))
                )
            )
        if not compared:
            found.append(
                Comparison(
                    incident=incident.id, reference=None, line=None, fields=(), why=_why_none(incident, references)
                )
            )
    return tuple(found)


def _can_be(incident: Incident, row: Reference) -> bool:
    """Whether a row is near in time and place; where one of the two is not known, the number of dead must agree."""
    reach = lexicon("references")["reach"]
    days, kilometres = _days_apart(incident, row), _kilometres_apart(incident, row)
    if days is not None and days > reach["days"]:
        return False
    if kilometres is not None and kilometres > reach["kilometres"]:
        return False
    near_place = kilometres is not None or _same_name(incident, row)
    if days is not None and near_place:
        return True
    killed = _killed(incident, row)
    return (days is not None or near_place) and killed.agreement == "agree"


def _fields(incident: Incident, row: Reference, parties: Parties) -> tuple[FieldComparison, ...]:
    return (_date(incident, row), _place(incident, row), _party(incident, row, parties), _killed(incident, row))


def _agreeing(fields: Iterable[FieldComparison]) -> int:
    return sum({"agree": 1, "differ": -1, "missing": 0}[found.agreement] for found in fields)


def _why(row: Reference, rows: int) -> str:
    said = f"{row.id} is near in time and place"
    return said if rows == 1 else f"{said}, as are {rows - 1} other{'s' if rows > 2 else ''}"


def _why_none(incident: Incident, references: Sequence[Reference]) -> str:
    """Say what stands in the way of the row that comes nearest."""
    if (incident.when is None or incident.when.start is None) and incident.where is None:
        return "the reports give neither its day nor its place"
    near = [(days, row) for row in references if (days := _days_apart(incident, row)) is not None]
    if near:
        days, row = min(near, key=lambda pair: (pair[0], pair[1].line))
        if days <= lexicon("references")["reach"]["days"]:
            return f"no row is near in time and place; {row.id} is near in time, at {row.place or 'a place not named'}"
        return f"no row is near in time; the nearest, {row.id}, is {days} days away"
    return "no row of the list can be told to be near in time and place"


def _date(incident: Incident, row: Reference) -> FieldComparison:
    ours = _days(incident.when.start, incident.when.end) if incident.when else None
    theirs = _days(row.start, row.end)
    apart = _days_apart(incident, row)
    if apart is None:
        return _missing("date", ours, theirs, "day")
    if apart == 0:
        same = ours == theirs
        return _field("date", "agree", ours, theirs, "the same day" if same else "the times overlap")
    return _field("date", "differ", ours, theirs, f"{apart} day{'s' if apart > 1 else ''} apart")


def _place(incident: Incident, row: Reference) -> FieldComparison:
    ours = incident.where.name if incident.where else None
    theirs = row.place or (row.areas[0] if row.areas else None)
    if ours is None or (theirs is None and row.latitude is None):
        return _missing("place", ours, theirs, "place")
    apart = _kilometres_apart(incident, row)
    if _same_name(incident, row):
        return _field("place", "agree", ours, theirs, "the same name")
    if apart is None:
        return _field("place", "differ", ours, theirs, "other names, and no coordinates to compare")
    if apart == 0:
        return _field("place", "agree", ours, theirs, "within what both leave open")
    return _field("place", "differ", ours, theirs, f"{apart:.0f} km beyond what both leave open")


def _party(incident: Incident, row: Reference, parties: Parties) -> FieldComparison:
    ours = ", ".join(sorted({actor.name for actor in incident.alleged_actors})) or None
    theirs = ", ".join(row.parties) or None
    if ours is None or theirs is None:
        return _missing("party", ours, theirs, "party that did it")
    own = {side for actor in incident.alleged_actors if actor.party for side in _sides(parties, actor.party)}
    other = {side for name in row.parties for _, _, found in parties.find(name) for side in _sides(parties, found)}
    words = {_folded(actor.name) for actor in incident.alleged_actors}
    if own & other or words & {_folded(name) for name in row.parties}:
        return _field("party", "agree", ours, theirs, "one of the parties is the same or of the same side")
    if not own or not other:
        return _field("party", "differ", ours, theirs, "other names; one of them is not in the register of parties")
    return _field("party", "differ", ours, theirs, "parties of different sides")


def _sides(parties: Parties, party: str) -> set[str]:
    try:
        side = parties.speaks_for(party)
    except KeyError:
        return {party}
    return {party} if side is None else {party, side}


def _killed(incident: Incident, row: Reference) -> FieldComparison:
    order: tuple[HarmGroup, ...] = ("civilians", "unspecified") if row.civilians else _KILLED_GROUPS
    ranges = [(group, harm.killed) for group in order if (harm := incident.harm.get(group)) and harm.killed]
    theirs = None if row.killed is None else _between(*row.killed) + (" civilians" if row.civilians else "")
    if not ranges or row.killed is None:
        ours = _said(ranges[0][1]) if ranges else None
        return _missing("killed", ours, theirs, "number of dead")
    group, own = ranges[0]
    ours = _said(own) + (" civilians" if group == "civilians" else "")
    low, high = row.killed
    if own.min <= high and (own.max is None or low <= own.max):
        same = own.min == low and own.max == high
        return _field("killed", "agree", ours, theirs, "the same number" if same else "the ranges overlap")
    more = "more" if own.min > high else "fewer"
    return _field("killed", "differ", ours, theirs, f"the reports give {more} than the list")


def _days_apart(incident: Incident, row: Reference) -> int | None:
    """Return the days between two times, 0 where they overlap, None where one is not known."""
    when = incident.when
    if when is None or when.start is None or row.start is None or row.end is None:
        return None
    end = when.end or (when.start if when.precision != "open" else date.max)
    if row.start > end:
        return (row.start - end).days
    return max(0, (when.start - row.end).days)


def _kilometres_apart(incident: Incident, row: Reference) -> float | None:
    """Return the kilometres between two places beyond what both leave open, None where one has no coordinates."""
    where = incident.where
    if where is None or where.lat is None or where.lon is None or row.latitude is None or row.longitude is None:
        return None
    apart = distance_km(where.lat, where.lon, row.latitude, row.longitude)
    return max(0.0, apart - (where.precision_km or 0.0) - row.radius)


def _same_name(incident: Incident, row: Reference) -> bool:
    """Whether the incident's place has a name that the row has, whatever its spelling in other letters."""
    if incident.where is None:
        return False
    own = {_folded(incident.where.name), _folded(incident.where.text)}
    return bool(own & {_folded(name) for name in (row.place or "", *row.areas) if name})


def _folded(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower()).split()
    return " ".join(
        word for word in words if word not in ("the", "al", "el", "ar", "as", "city", "of", "town", "village")
    )


def _missing(field: str, ours: str | None, theirs: str | None, what: str) -> FieldComparison:
    one = "the reports do not give" if ours is None else "the list does not give"
    who = "neither gives" if ours is None and theirs is None else one
    return _field(field, "missing", ours, theirs, f"{who} the {what}")


def _field(field: str, agreement: str, ours: str | None, theirs: str | None, why: str) -> FieldComparison:
    return FieldComparison(field=field, agreement=agreement, ours=ours, theirs=theirs, why=why)  # type: ignore[arg-type]


def _days(start: date | None, end: date | None) -> str | None:
    if start is None:
        return None
    return start.isoformat() if end in (None, start) else f"{start.isoformat()} to {end.isoformat()}"


def _between(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _said(own: Range) -> str:
    return f"at least {own.min:,}" if own.max is None else _between(own.min, own.max)
