"""For whom a voice speaks, in words: the register's names for the ids that the records carry."""

from datetime import date
from functools import cache
from pathlib import Path

from corroborate.knowledge.parties import Parties


class Sides:
    """The register of parties as publications ask it; `extra` is a user's own TOML file of parties."""

    def __init__(self, extra: Path | None = None) -> None:
        self._parties = Parties.load(extra)

    def name(self, party: str) -> str:
        """Return the name of a party (id); the id itself where the register does not know it."""
        try:
            return self._parties.get(party).name
        except KeyError:
            return party

    def speaks_for(self, party: str | None, on: date | None = None) -> str | None:
        """Return the name of the side that a party (id) speaks for on a day; None for a neutral one or none.

        An id that the register does not know is shown as it is: the record says that there is somebody to speak for.
        """
        if party is None:
            return None
        try:
            side = self._parties.speaks_for(party, on)
        except KeyError:
            return party
        return self.name(side) if side else None


@cache
def sides(extra: Path | None = None) -> Sides:
    """Return the register with a user's own parties, loaded once."""
    return Sides(extra)
