"""Coded rows of wars as claims, linked: `python -m benchmarks.linking_rows FILE... [--json]`.

What is linked here is not read: place, day and figures are those of the rows. Files are
- Bellingcat's Ukraine export (`export_events.json`, `export_sources.json`, both given): each source of an event is a
  claim in the words of its description, at the event's place and day. Wanted: the sources of one event together, no two
  events in one. Two events of one town and day are told apart by their words and coordinates only.
- UCDP rows (`*.jsonl`, one event a row): each is a claim on its own. Wanted: none joined to another (b3_p).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.articles import article
from benchmarks.common import arguments, lines, opened, report
from benchmarks.linking import scores
from corroborate.link import link
from corroborate.model import Claim, Document, Event, Place, Quantity, When, claim_id

# Bellingcat's coordinates are those of a building or a street.
_STREET_KM = 1.0


def main(given: Sequence[str] | None = None) -> int:
    """Measure the linking of the rows given."""
    options = arguments(__doc__).parse_args(given)
    found: dict[str, float | None] = {}
    bellingcat = {_kind(path): path for path in options.data if _kind(path)}
    if len(bellingcat) == 2:
        rows = _bellingcat(_whole(bellingcat["events"]), _whole(bellingcat["sources"]))
        found |= {f"bellingcat_{name}": value for name, value in _measured(list(rows)).items()}
    ucdp = [row for path in options.data if not _kind(path) for row in lines(path)]
    if ucdp:
        found |= {f"ucdp_{name}": value for name, value in _measured(list(_ucdp(ucdp))).items()}
    report("linking_rows", found, [], options)
    return 0


def _measured(rows: Sequence[tuple[str, Document, Claim]]) -> dict[str, float | None]:
    linked = link([document for _, document, _ in rows], [claim for _, _, claim in rows])
    of_claim = {claim: number for number, cluster in enumerate(linked.clusters) for claim in cluster.claims}
    gold = {claim.id: event for event, _, claim in rows}
    return scores({key: of_claim.get(key, key) for key in gold}, gold) | {"claims": float(len(rows))}


def _bellingcat(
    events: Sequence[Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Document, Claim]]:
    for event in events:
        day = datetime.strptime(event["date"], "%m/%d/%Y").date()
        place = (event["location"], float(event["latitude"]), float(event["longitude"]))
        for key in event["sources"]:
            words = (sources.get(key) or {}).get("description") or ""
            if words.strip():
                yield event["id"], *_row(key, words, day, day, place, day)


def _ucdp(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Document, Claim]]:
    for row in rows:
        names = (row["location_where_name"], row["location_adm2_name"], row["location_adm1_name"])
        place = next((name for name in names if name), row["location_root_name"])
        words = f"{row['side_a_name']} against {row['side_b_name']} at {place}: {row['deaths_low']} dead."
        first, last = (date.fromisoformat(row[name]) for name in ("start_date", "end_date"))
        told = date.fromisoformat(row["source_date"][:10])
        low, high = float(row["deaths_low"]), float(row["deaths_high"])
        where = (f"{place}, {row['location_root_name']}", None, None)
        yield str(row["id"]), *_row(str(row["id"]), words, first, last, where, max(told, last), (low, max(low, high)))


def _row(
    key: str,
    words: str,
    first: date,
    last: date,
    where: tuple[str, float | None, float | None],
    told: date,
    dead: tuple[float, float] | None = None,
) -> tuple[Document, Claim]:
    text = f"{words} {where[0]}"
    source = article(key, "", text, told.isoformat())
    at = Place(
        start=len(words) + 1, end=len(text), text=where[0], name=where[0], gazetteer_id=None,
        lat=where[1], lon=where[2], precision_km=_STREET_KM if where[1] is not None else None,
        country=None, relation=None,
    )  # fmt: skip
    killed = Quantity(
        start=0, end=len(words), text=words, measure="killed", who=None, low=dead[0], high=dead[1], bound="exact"
    ) if dead else None  # fmt: skip
    said = Claim(
        start=0, end=len(words), text=words, id=claim_id(source.id, 0, len(words), "ASSAULT", 0), document=source.id,
        voice="own", source=None, cue=None, chain=(), basis=None, modality="asserted", polarity="affirmed", hedges=(),
        event=Event(type="ASSAULT", mode=None, actors=(), targets=()), places=(at,),
        when=When(text=None, start=first, end=last, precision="day" if first == last else "week", basis="row"),
        quantities=(killed,) if killed else (), persons=(), evidence=(), flags=(), why=(),
    )  # fmt: skip
    return source, said


def _kind(path: Path) -> str | None:
    return next((kind for kind in ("events", "sources") if f"export_{kind}" in path.name), None)


def _whole(path: Path) -> Any:
    with opened(path) as file:
        return json.load(file)


if __name__ == "__main__":
    sys.exit(main())
