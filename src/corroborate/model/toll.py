"""The dead and the hurt of one report's main event, as the report tells it."""

from dataclasses import dataclass
from typing import Literal

from corroborate.model.claim import Quantity

TollBasis = Literal["figure", "names", "headline", "implied", "nothing"]
"""A figure, named victims, one person in the headline ("child killed"), or a death told without any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """How many a report says were killed and injured in its main event, and the quantities that say so.

    A quantity is None where the number was not given but follows: from named victims, from a death told without a
    figure (one), from nothing at all (nought). `killed` is None where several dead are told of and nobody counts them.
    """

    killed: int | None
    injured: int
    killed_from: TollBasis
    killed_said: Quantity | None
    injured_said: Quantity | None
