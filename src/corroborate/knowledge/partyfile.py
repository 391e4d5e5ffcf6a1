"""Files of parties: TOML tables `[[party]]`, read and held against the form that docs/parties.md tells of."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from corroborate.errors import CorroborateError
from corroborate.knowledge.names import words_of
from corroborate.knowledge.party import Allegiance, Party, PartyKind
from corroborate.knowledge.states import States

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LISTS = ("aliases", "cased", "short", "contextual", "with", "unless")
_NAMES = ("aliases", "cased", "short", "contextual")
_FIELDS = frozenset({"id", "name", "kind", "country", "part_of", "source", "speaks_for", *_LISTS})


def read(path: Path, states: States) -> dict[str, Party]:
    """Return the parties of a user's file by their ids; raise CorroborateError E501, naming the entry at fault."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CorroborateError("E501", str(path), str(error)) from error
    unknown = set(table) - {"party", "source"}
    if unknown:
        raise CorroborateError("E501", str(path), f"unknown table or field {', '.join(sorted(unknown))}")
    if not isinstance(table.get("party"), list) or not all(isinstance(entry, dict) for entry in table["party"]):
        raise CorroborateError("E501", str(path), "it has no [[party]]")
    return entries(table, str(path), states)


def entries(table: Mapping[str, Any], name: str, states: States) -> dict[str, Party]:
    """Return the parties of a file's table by their ids; raise CorroborateError E501, naming the entry at fault."""
    found: dict[str, Party] = {}
    for number, entry in enumerate(table.get("party", ()), 1):
        called = entry.get("id") or entry.get("name") or f"number {number}"
        try:
            party = _party(entry, table.get("source", ""), states)
        except ValueError as error:
            raise CorroborateError("E501", name, f"party {called}: {error}") from error
        if party.id in found:
            raise CorroborateError("E501", name, f"party {called}: the id is given twice")
        found[party.id] = party
    return found


def check_references(parties: Mapping[str, Party], states: States) -> None:
    """Raise CorroborateError E501 where a party names another that is not there."""
    for party in parties.values():
        named = [*party.only_with, *party.unless, *(a.side for a in party.sides)]
        for other in [*named, *([party.part_of] if party.part_of else [])]:
            state, _, organ = other.partition(".")
            if other not in parties and not (state in states.names and organ in states.organ_kinds):
                raise CorroborateError("E501", party.id, f"it names {other!r}, which is no party of the register")


def _party(entry: Mapping[str, Any], source: str, states: States) -> Party:
    unknown = set(entry) - _FIELDS
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    for field in ("id", "name", "kind"):
        if field not in entry:
            raise ValueError(f"{field} is missing")
    for field in ("id", "name", "kind", "country", "part_of", "source"):
        if field in entry and not (isinstance(entry[field], str) and entry[field].strip()):
            raise ValueError(f"{field} is not a text")
    if not _ID.fullmatch(entry["id"]):
        raise ValueError(f"id {entry['id']!r} is not of small letters and digits, joined by - or .")
    if entry["kind"] not in get_args(PartyKind):
        raise ValueError(f"kind {entry['kind']!r} is none of {', '.join(get_args(PartyKind))}")
    lists = {field: _texts(entry, field) for field in _LISTS}
    for field in _NAMES:
        for name in lists[field]:
            if not words_of(name):
                raise ValueError(f"{field}: {name!r} has no letter")
    state, _, organ = entry["id"].partition(".")
    return Party(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        country=entry.get("country"),
        aliases=lists["aliases"],
        cased=lists["cased"],
        short=lists["short"],
        contextual=lists["contextual"],
        only_with=lists["with"],
        unless=lists["unless"],
        part_of=entry.get("part_of"),
        state=state if organ and state in states.names else None,
        sides=tuple(_allegiance(side) for side in _sides(entry)),
        source=entry.get("source", source),
    )


def _texts(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = entry.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{field} is not a list of texts")
    return tuple(value)


def _sides(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sides = entry.get("speaks_for", [])
    if not isinstance(sides, list) or not all(isinstance(side, dict) for side in sides):
        raise ValueError("speaks_for is not a list of tables")
    return sides


def _allegiance(side: Mapping[str, Any]) -> Allegiance:
    unknown = set(side) - {"side", "since", "until", "source"}
    if unknown:
        raise ValueError(f"speaks_for: unknown field {', '.join(sorted(unknown))}")
    if not isinstance(side.get("side"), str):
        raise ValueError("speaks_for: side is missing")
    for field in ("since", "until"):
        if field in side and (not isinstance(side[field], date) or isinstance(side[field], datetime)):
            raise ValueError(f"speaks_for: {field} is not a date (2024-02-01, without quotation marks)")
    since, until = side.get("since"), side.get("until")
    if since and until and since >= until:
        raise ValueError("speaks_for: it ends before it begins")
    return Allegiance(side=side["side"], since=since, until=until, source=side.get("source", ""))
