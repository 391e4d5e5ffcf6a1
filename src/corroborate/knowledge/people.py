"""Persons of public office: for which party somebody of that name speaks on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from corroborate.knowledge.party import Allegiance
from corroborate.knowledge.spellings import name_key


class Officials:
    """Persons whose office is on public record, by the spellings of their names."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Take the table of people.toml; raise ValueError where two persons have one name."""
        self._offices: dict[tuple[str, ...], tuple[Allegiance, ...]] = {}
        for person in table["person"]:
            offices = tuple(
                Allegiance(side=held["party"], since=held.get("since"), until=held.get("until"), source=table["source"])
                for held in person["offices"]
            )
            for name in person["names"]:
                known = self._offices.setdefault(tuple(name_key(name)), offices)
                if known is not offices:
                    raise ValueError(f"{name} is the name of two persons")

    def parties(self) -> Iterable[str]:
        """Return the ids of the parties for which somebody speaks."""
        return {office.side for offices in self._offices.values() for office in offices}

    def party(self, name: str, on: date | None) -> str | None:
        """Return the party for which the person of a name speaks on a day; None for nobody or none then.

        Without a day, an answer is given only for whom one party has been the only one and still is.
        """
        offices = self._offices.get(tuple(name_key(name)), ())
        held = {office.side for office in offices if (office.holds(on) if on else office.until is None)}
        sure = on is not None or len({office.side for office in offices}) == 1
        return held.pop() if len(held) == 1 and sure else None
