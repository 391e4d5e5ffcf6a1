"""The figures of an incident as each voice put them, by day of publication: how a figure travelled and changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from corroborate.model import Claim, Incident, Quantity
from corroborate.publish.holdings import Holdings, voice_of

# A share or a figure of another kind has no common scale with the next one of its kind.
_COUNTED = ("killed", "injured", "missing", "detained", "displaced", "population", "fighters", "vehicles")
WIDTH = 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: its claim, and where it lies on a scale from 0 to WIDTH that its measure shares in the incident.

    `left` and `right` are None where the figure is open to that side; both are equal for a single number.
    """

    claim: Claim
    quantity: Quantity
    left: float | None
    right: float | None


def figures(incident: Incident, holdings: Holdings) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Yield each measure that the incident's claims give figures for, with the figures in order of publication.

    A figure that one document puts twice in the same voice is given once.
    """
    found: dict[str, list[tuple[Claim, Quantity]]] = {}
    said = set()
    for claim in holdings.claims_in(incident):
        voice = (voice_of(claim), claim.modality, claim.polarity)
        for quantity in claim.quantities:
            figure = (voice, quantity.measure, quantity.who, quantity.low, quantity.high, quantity.bound)
            known = quantity.low is not None or quantity.high is not None
            if quantity.measure in _COUNTED and known and figure not in said:
                said.add(figure)
                found.setdefault(quantity.measure, []).append((claim, quantity))
    for measure in _COUNTED:
        if measure in found:
            scale = _scale(quantity for _, quantity in found[measure])
            yield measure, tuple(_figure(claim, quantity, scale) for claim, quantity in found[measure])


def _scale(quantities: Iterator[Quantity]) -> float:
    most = max(value for one in quantities for value in (one.low, one.high) if value is not None)
    # A fifth is left free on the right, so that what is open upwards can be seen to be.
    return WIDTH / (most * 1.2) if most else 1.0


def _figure(claim: Claim, quantity: Quantity, scale: float) -> Figure:
    left = None if quantity.low is None else round(quantity.low * scale, 1)
    right = None if quantity.high is None else round(quantity.high * scale, 1)
    return Figure(claim=claim, quantity=quantity, left=left, right=right)
