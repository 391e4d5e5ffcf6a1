"""The probabilistic model: pairs of readings with something in common, weighed by Splink on DuckDB."""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from corroborate.errors import CorroborateError
from corroborate.link.features import Figure, Reading, Spot
from corroborate.link.rules import linking_rules

# Blocks of half a degree and of thirty days, each laid twice with an offset of half a block, so that no pair closer
# than half a block is parted by an edge.
_CELL_DEGREES = 0.5
_MONTH = 30
_SHINGLE = 4
# A figure below five is shared by a fifth of unrelated events (knowledge/linking.toml).
_TELLING_FIGURE = 5
_COUNTS = ("killed", "injured", "missing", "detained", "displaced", "fighters", "vehicles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A compared pair: positions of the rows, the log2 match weight, and the weight of each comparison by name."""

    a: int
    b: int
    weight: float
    parts: Mapping[str, float]


def score(
    accounts: Sequence[Reading], within: Sequence[tuple[Reading, Reading]] = ()
) -> tuple[list[Scored], list[Scored]]:
    """Return the compared pairs of accounts, and those of `within`: pairs of claims of one document.

    Positions in the first list are those of the accounts; in the second, `a` and `b` are both the pair's position.
    Pairs are in the order of positions. Raises CorroborateError E301 where the model cannot be run.
    """
    rows = [_row(f"a{i:09d}", reading, _keys(reading), in_document=False) for i, reading in enumerate(accounts)]
    _drop_large_blocks(rows)
    for i, (one, other) in enumerate(within):
        rows.append(_row(f"w{i:09d}l", one, [f"within:{i}"], in_document=True))
        rows.append(_row(f"w{i:09d}r", other, [f"within:{i}"], in_document=True))
    across: list[Scored] = []
    inside: list[Scored] = []
    for pair in _predicted(rows):
        left, right = sorted((pair["unique_id_l"], pair["unique_id_r"]))
        parts = {name[3:]: value for name, value in pair.items() if name.startswith("mw_")}
        scored = Scored(a=int(left[1:10]), b=int(right[1:10]), weight=pair["match_weight"], parts=parts)
        (across if left[0] == "a" else inside).append(scored)
    across.sort(key=lambda scored: (scored.a, scored.b))
    inside.sort(key=lambda scored: (scored.a, scored.b))
    return across, inside


def main_figure(reading: Reading) -> Figure | None:
    """Return the figure that stands for the event: the largest of the gravest harm that is counted."""
    for measure in _COUNTS:
        counted = [figure for figure in reading.figures if figure.measure == measure and figure.said is not None]
        if counted:
            return max(counted, key=lambda figure: (figure.said or 0.0, figure.who is None, figure.who or ""))
    return None


def _predicted(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if len(rows) < 2 or not _any_pair(rows):
        return
    # Heavy, and needed nowhere else: imported where a pair is to be weighed.
    import duckdb
    import pyarrow as pa
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI
    from splink.internals.exceptions import SplinkException

    try:
        connection = duckdb.connect()
        api = DuckDBAPI(connection)
        linker = Linker(
            api.register(pa.Table.from_pylist(rows, schema=_schema(pa))),
            linking_rules().model,
            log_level=None,
            validate_settings=False,
        )
        predicted = linker.inference.predict()
        table = connection.sql(f"SELECT * FROM {predicted.physical_name}").arrow()
        yield from (table.read_all() if hasattr(table, "read_all") else table).to_pylist()
    except (SplinkException, duckdb.Error) as error:
        raise CorroborateError("E301", "linking", str(error)) from error


def _any_pair(rows: list[dict[str, Any]]) -> bool:
    counts = Counter(key for row in rows for key in row["keys"])
    return any(count > 1 for count in counts.values())


def _drop_large_blocks(rows: list[dict[str, Any]]) -> None:
    counts = Counter(key for row in rows for key in row["keys"])
    largest = linking_rules().largest_block
    for row in rows:
        row["keys"] = [key for key in row["keys"] if counts[key] <= largest]


def _row(name: str, reading: Reading, keys: list[str], *, in_document: bool) -> dict[str, Any]:
    spot = next((spot for spot in reading.spots if spot.lat is not None), None)
    main = main_figure(reading)
    low, high = main.interval() if main else (None, None)
    said = [(f"{f.measure}:{f.said:g}", f.said) for f in reading.figures if f.said is not None and f.measure in _COUNTS]
    days = reading.days
    return {
        "unique_id": name,
        "keys": sorted(set(keys)),
        "place_ids": sorted({key for spot in reading.spots for key in spot.ids}),
        "lat": spot.lat if spot else None,
        "lon": spot.lon if spot else None,
        "radius": max((spot.radius for spot in reading.spots), default=None),
        "day_start": days.start if days else None,
        "day_end": days.end if days else None,
        "open": days.open if days else False,
        "total": reading.total,
        "published": reading.published,
        "type": reading.type,
        "mode": reading.mode,
        "actors": sorted(reading.actors),
        "targets": sorted(reading.targets),
        "measures": [main.measure] if main else [],
        "large": sorted({key for key, value in said if value >= _TELLING_FIGURE}),
        "small": sorted({key for key, value in said if value < _TELLING_FIGURE}),
        "low": low,
        "high": high,
        "persons": sorted(reading.persons),
        "words": sorted(reading.words),
        "passages": sorted(reading.passages),
        "document": reading.document if in_document else None,
        "sentence": reading.sentence if in_document else None,
    }


def _schema(pa: Any) -> Any:
    texts, text, number, whole, flag = pa.list_(pa.string()), pa.string(), pa.float64(), pa.int64(), pa.bool_()
    kinds = {
        "unique_id": text, "keys": texts, "place_ids": texts, "lat": number, "lon": number, "radius": number,
        "day_start": whole, "day_end": whole, "open": flag, "total": flag, "published": whole, "type": text,
        "mode": text, "actors": texts, "targets": texts, "measures": texts, "large": texts, "small": texts,
        "low": number, "high": number, "persons": texts, "words": texts, "passages": texts,
        "document": text, "sentence": whole,
    }  # fmt: skip
    return pa.schema(list(kinds.items()))


def _keys(reading: Reading) -> list[str]:
    """Return the blocks in which a reading meets others: place and time, a telling figure and time, victim, words."""
    kind = f"{reading.type}{'+' if reading.total else ''}"
    keys = [f"{kind}|words:{value}" for value in _fingerprints(reading.text)]
    keys += [f"{kind}|victim:{person}" for person in reading.persons]
    times = list(_times(reading))
    for spot in reading.spots:
        keys += [f"{kind}|{where}|{time}" for where in sorted(spot.ids) for time in times]
        # Near places without a day in common have too little in common to be one event, but for a telling figure.
        keys += [f"{kind}|{where}|{time}" for where in _cells(spot) for time in times if time[0] != "m"]
    if reading.placed_or_dated:
        months = [time for time in times if time[0] == "m"]
        for figure in reading.figures:
            if figure.said is not None and figure.said >= _TELLING_FIGURE and figure.measure in _COUNTS:
                # A total may be told as an act elsewhere: the two meet, so that the figure's way can be shown.
                keys += [f"{reading.type}|{figure.measure}:{figure.said:g}|{time}" for time in months]
    return keys


def _times(reading: Reading) -> Iterator[str]:
    days = reading.days
    if days is not None and days.length <= 4 and not days.open:
        for day in range(days.start, days.end + 1):
            # Two days that follow each other share exactly one of the two halves.
            yield f"d{day // 2}"
            yield f"h{(day + 1) // 2}"
    last = reading.published if days is None else days.end
    if last is not None:
        yield f"m{last // _MONTH}"
        yield f"m{(last - _MONTH // 2) // _MONTH}+"


def _cells(spot: Spot) -> Iterator[str]:
    # Beyond a radius of half a cell the cell no longer says where it is; then only the id can meet.
    if spot.lat is None or spot.lon is None or spot.radius > 25:
        return
    for down in (0.0, 0.5):
        for across in (0.0, 0.5):
            row, column = floor(spot.lat / _CELL_DEGREES + down), floor(spot.lon / _CELL_DEGREES + across)
            yield f"cell:{down}:{across}:{row}:{column}"


def _fingerprints(text: str) -> list[int]:
    """Return the three least hashes of the text's runs of four words: near copies share at least one nearly always."""
    words = text.casefold().split()
    runs = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    return sorted(zlib.crc32(run.encode()) for run in runs)[:3]
