"""Voices put together, each time with the reason, and how far one voice is from another."""

from collections import defaultdict
from collections.abc import Iterable

from corroborate.weigh.voices import Voice


class Groups:
    """Keys put together, each time with the reason."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self.reasons: dict[str, list[str]] = defaultdict(list)

    def find(self, key: str) -> str:
        """Return the key that stands for all that a key was put together with."""
        while self._parent.get(key, key) != key:
            key = self._parent[key]
        return key

    def join(self, a: str, b: str, reason: str) -> None:
        """Put two keys together, with the reason in words."""
        one, other = sorted((self.find(a), self.find(b)))
        if reason not in self.reasons[one]:
            self.reasons[one].append(reason)
        if one != other:
            self._parent[other] = one
            self.reasons[one] += [said for said in self.reasons.pop(other, []) if said not in self.reasons[one]]


def figures_of(voice: Voice) -> set[tuple[str, float | None, float | None]]:
    """Return the figures of a voice's claim: measure, low, high."""
    return {(quantity.measure, quantity.low, quantity.high) for quantity in voice.claim.quantities}


def distance(voice: Voice, members: Iterable[Voice]) -> tuple[bool, bool, bool]:
    """Return how far a voice behind is from a claim: false before true for named, same figure, same document."""
    figures = figures_of(voice)
    named = same_figure = same_document = False
    for member in members:
        named |= member.pointed
        same_document |= member.claim.document == voice.claim.document
        same_figure |= bool(figures & figures_of(member))
    return (not named, not same_figure, not same_document)
