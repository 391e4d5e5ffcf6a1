"""The probabilistic model applied: the level that each comparison reaches for a pair, and the weight that follows.

The conditions and the weights are those of knowledge/linking.toml, in the form that Splink takes them;
DuckDB evaluates the conditions over columns of pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corroborate.errors import CorroborateError
from corroborate.link.rules import linking_rules
from corroborate.link.terms import Floats, Ints

Levels = NDArray[np.int8]
_AT_ONCE = 50_000
# The shipped shares of the levels of text rest on 71,907 pairs; of the rarest level that is 20 pairs.
_SHIPPED_PAIRS = 2000


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: for each level its condition, its log2 weight (0 where it says nothing) and its label."""

    name: str
    conditions: tuple[str, ...]
    weights: tuple[float, ...]
    labels: tuple[str | None, ...]


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Return the comparisons of the shipped model."""
    found = []
    for one in linking_rules().model["comparisons"]:
        levels = one["comparison_levels"]
        found.append(
            Comparison(
                name=one["output_column_name"],
                conditions=tuple(level["sql_condition"] for level in levels),
                weights=tuple(
                    0.0 if level.get("is_null_level") else log2(level["m_probability"] / level["u_probability"])
                    for level in levels
                ),
                labels=tuple(None if level.get("is_null_level") else level["label_for_charts"] for level in levels),
            )
        )
    return tuple(found)


def levels(said: Any, a: Ints, b: Ints, of_pairs: Mapping[str, NDArray[Any]], *, in_document: bool = False) -> Levels:
    """Return the level of each comparison (columns) for each pair (rows) of rows of `said`.

    `of_pairs` holds what was counted for the pairs themselves. Raises CorroborateError E301 where it cannot be done.
    """
    import duckdb
    import pyarrow as pa

    if not len(a):
        return np.zeros((0, len(comparisons())), np.int8)
    query = f"SELECT {', '.join(_case(one, in_document) for one in comparisons())} FROM chunk"
    parts = []
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            for low in range(0, len(a), _AT_ONCE):
                here = slice(low, low + _AT_ONCE)
                left, right = said.take(pa.array(a[here])), said.take(pa.array(b[here]))
                columns = {f"{name}_l": left[name] for name in left.column_names}
                columns |= {f"{name}_r": right[name] for name in right.column_names}
                columns |= {name: pa.array(values[here], from_pandas=True) for name, values in of_pairs.items()}
                connection.register("chunk", pa.table(columns))
                found = connection.sql(query).fetchnumpy()
                parts.append(np.column_stack([found[one.name] for one in comparisons()]).astype(np.int8))
    except duckdb.Error as error:
        raise CorroborateError("E301", "linking", str(error)) from error
    return np.concatenate(parts)


def weights(of: Levels) -> Floats:
    """Return the log2 match weight of each pair from its levels."""
    chance = linking_rules().model["probability_two_random_records_match"]
    total = np.full(len(of), log2(chance / (1 - chance)))
    for column, one in enumerate(comparisons()):
        total += np.array(one.weights)[of[:, column]]
    return total


def text_column() -> int:
    """Return the position of the comparison of texts."""
    return next(number for number, one in enumerate(comparisons()) if one.name == "text")


def text_weights(unrelated: Ints) -> Floats:
    """Return the weights of the levels of the comparison of texts, given how many unrelated pairs reach each.

    What is shipped counts as much as `_SHIPPED_PAIRS` unrelated pairs; the weights are in quarters of a bit, so that a
    few pairs more or less change none.
    """
    shipped = linking_rules().model["comparisons"][text_column()]["comparison_levels"]
    counted = int(unrelated.sum())
    result = []
    for level, pairs in zip(shipped, unrelated.tolist(), strict=True):
        if level.get("is_null_level"):
            result.append(0.0)
            continue
        u = (level["u_probability"] * _SHIPPED_PAIRS + pairs) / (_SHIPPED_PAIRS + counted)
        result.append(round(4 * log2(level["m_probability"] / u)) / 4)
    return np.array(result)


def against(of: Levels) -> Floats:
    """Return the sum of the weights that speak against each pair."""
    total = np.zeros(len(of))
    for column, one in enumerate(comparisons()):
        total += np.minimum(np.array(one.weights), 0.0)[of[:, column]]
    return total


def alike(of: Levels) -> NDArray[np.bool_]:
    """Whether the texts of each pair are so alike that they can be one event though neither place nor day is known."""
    return _reaches(of, "text", linking_rules().alike)


def same_people(of: Levels) -> NDArray[np.bool_]:
    """Whether the texts of each pair tell of people of the same ages, rare enough to be the same people."""
    return _reaches(of, "ages", linking_rules().same_people)


def _reaches(of: Levels, name: str, least: float) -> NDArray[np.bool_]:
    column = next(number for number, one in enumerate(comparisons()) if one.name == name)
    return np.array([weight >= least for weight in comparisons()[column].weights])[of[:, column]]


def _case(one: Comparison, in_document: bool) -> str:
    if one.name == "position" and not in_document:
        return "0 AS position"
    cases = " ".join(
        f"WHEN {condition} THEN {number}" if condition != "ELSE" else f"ELSE {number}"
        for number, condition in enumerate(one.conditions)
    )
    return f'CASE {cases} END AS "{one.name}"'
