"""An event while it is being read."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from corroborate.read.event.triggers import Found


@dataclass(slots=True)
class Draft:
    """An event while it is being read; the lists hold heads of phrases."""

    found: Found
    actors: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    instruments: list[Token] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)  # tokens of triggers that are the same event, and of light verbs
    why: list[str] = field(default_factory=list)
    mode: str | None = None
    into: "Draft | None" = None

    @property
    def token(self) -> Token:
        """The trigger."""
        return self.found.token
