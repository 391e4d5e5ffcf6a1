"""Accounts as columns: what the comparisons look at, one row an account."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corroborate.link.features import Figure, Reading
from corroborate.link.pairs import keys
from corroborate.link.rules import COUNTS, TELLING_FIGURE
from corroborate.link.terms import Floats, Ints, Rows, ages, counted, number_of

_NONE = -1


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of accounts: `said` holds the Arrow columns that the model's conditions name (knowledge/linking.toml);
    `start` and `end` are days as ordinals (-1: not known), `told` the day of publication, `kind` the type and whether
    it is a total, as a number.
    """

    said: Any
    blocks: Rows
    words: Rows
    terms: Rows
    emphasis: Floats
    ages: Rows
    places: Rows
    start: Ints
    end: Ints
    told: Ints
    kind: Ints

    @classmethod
    def of(cls, accounts: Sequence[Reading], texts: Sequence[str]) -> "Table":
        """Return the columns of accounts and of the texts they are told in."""
        places = [sorted({number_of(key) for spot in one.spots for key in spot.ids}) for one in accounts]
        # A place is a term as well, of no weight in the likeness of texts: so its rarity is known.
        terms = [
            sorted((dict.fromkeys(at, 0.0) | dict(counted(text))).items())
            for at, text in zip(places, texts, strict=True)
        ]
        return cls(
            said=_said(accounts),
            blocks=Rows.of([keys(account) for account in accounts]),
            words=Rows.of([sorted({number_of(word) for word in account.words}) for account in accounts]),
            terms=Rows.of([[term for term, _ in row] for row in terms]),
            emphasis=np.array([value for row in terms for _, value in row], np.float64),
            ages=Rows.of([ages(text) for text in texts]),
            places=Rows.of(places),
            start=_ints(account.days.start if account.days else None for account in accounts),
            end=_ints(account.days.end if account.days else None for account in accounts),
            told=_ints(account.published for account in accounts),
            kind=_ints(zlib.crc32(f"{account.type}{account.total}".encode()) for account in accounts),
        )

    @classmethod
    def joined(cls, tables: Sequence["Table"]) -> "Table":
        """Return the rows of several tables, one after the other."""
        import pyarrow as pa

        if len(tables) == 1:
            return tables[0]
        return cls(
            said=pa.concat_tables([table.said for table in tables]).combine_chunks(),
            blocks=Rows.joined([table.blocks for table in tables]),
            words=Rows.joined([table.words for table in tables]),
            terms=Rows.joined([table.terms for table in tables]),
            emphasis=np.concatenate([table.emphasis for table in tables]),
            ages=Rows.joined([table.ages for table in tables]),
            places=Rows.joined([table.places for table in tables]),
            start=np.concatenate([table.start for table in tables]),
            end=np.concatenate([table.end for table in tables]),
            told=np.concatenate([table.told for table in tables]),
            kind=np.concatenate([table.kind for table in tables]),
        )


def main_figure(reading: Reading) -> Figure | None:
    """Return the figure that stands for the event: the largest of the gravest harm that is counted."""
    for measure in COUNTS:
        found = [figure for figure in reading.figures if figure.measure == measure and figure.said is not None]
        if found:
            return max(found, key=lambda figure: (figure.said or 0.0, figure.who is None, figure.who or ""))
    return None


def _ints(values: Any) -> Ints:
    return np.array([_NONE if value is None else value for value in values], np.int64)


def _said(accounts: Sequence[Reading]) -> Any:
    import pyarrow as pa

    texts = pa.list_(pa.string())
    spots = [next((spot for spot in one.spots if spot.lat is not None), None) for one in accounts]
    mains = [main_figure(one) for one in accounts]
    bounds = [main.interval() if main else (None, None) for main in mains]
    figures = [
        [(f"{f.measure}:{f.said:g}", f.said) for f in one.figures if f.said is not None and f.measure in COUNTS]
        for one in accounts
    ]
    columns: dict[str, tuple[Any, list[Any]]] = {
        "place_ids": (texts, [sorted({key for spot in one.spots for key in spot.ids}) for one in accounts]),
        "names": (texts, [sorted({spot.written for spot in one.spots if spot.written}) for one in accounts]),
        "around": (texts, [sorted(one.around) for one in accounts]),
        "lat": (pa.float64(), [spot.lat if spot else None for spot in spots]),
        "lon": (pa.float64(), [spot.lon if spot else None for spot in spots]),
        "radius": (pa.float64(), [max((spot.radius for spot in one.spots), default=None) for one in accounts]),
        "day_start": (pa.int64(), [one.days.start if one.days else None for one in accounts]),
        "day_end": (pa.int64(), [one.days.end if one.days else None for one in accounts]),
        "open": (pa.bool_(), [one.days.open if one.days else False for one in accounts]),
        "total": (pa.bool_(), [one.total for one in accounts]),
        "published": (pa.int64(), [one.published for one in accounts]),
        "type": (pa.string(), [one.type for one in accounts]),
        "mode": (pa.string(), [one.mode for one in accounts]),
        "actors": (texts, [sorted(one.actors) for one in accounts]),
        "targets": (texts, [sorted(one.targets) for one in accounts]),
        "measures": (texts, [[main.measure] if main else [] for main in mains]),
        "large": (texts, [sorted({key for key, value in row if value >= TELLING_FIGURE}) for row in figures]),
        "small": (texts, [sorted({key for key, value in row if value < TELLING_FIGURE}) for row in figures]),
        "low": (pa.float64(), [low for low, _ in bounds]),
        "high": (pa.float64(), [high for _, high in bounds]),
        "persons": (texts, [sorted(one.persons) for one in accounts]),
        "word_count": (pa.int32(), [len(one.words) for one in accounts]),
        "document": (pa.string(), [one.document for one in accounts]),
        "sentence": (pa.int64(), [one.sentence for one in accounts]),
    }
    return pa.table([pa.array(values, kind) for kind, values in columns.values()], list(columns))
