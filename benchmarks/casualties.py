"""The dead and the hurt, report by report, beside a register: `python -m benchmarks.casualties FILE [--json]`.

Two kinds of file, told apart by their fields. Registers of gun violence with their articles (GVA: incident, killed,
injured, docs): `killed_exact` and `injured_exact` are the shares of all articles whose toll (`corroborate.weigh.toll`)
is the register's; a report written early may honestly differ. Texts on incidents of a war with `--incidents FILE`
(Airwars: the incident's least and most killed): of the texts that state a figure, `killed_recall` is the share for
which one was read, `killed_in_range` the share of those inside the range, `killed_exact_single` the share that is exact
of those whose range is one number, and `single_always_one` what answering 1 would give there.

The range of an incident is from the fewest civilians to the most civilians and belligerents together, since a text's
figure may be of either. One is read where the toll rests on a figure, on named victims or on one person in the
headline. A text states a figure where, by a rule of its own that does not use the reader, a number of 1 to 999 or "a
man", "a child" and the like stands within six words of killed, dead, died, death, martyred or their like.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.articles import article
from benchmarks.common import Published, arguments, lines, report
from corroborate.model import Toll
from corroborate.read import Reader
from corroborate.settings import Settings
from corroborate.weigh.toll import toll

# A regular expression for "N killed|dead" and its like, first hit of each article: measured on the same articles.
PUBLISHED = [Published("plain regular expression", {"killed_exact": 74.0, "injured_exact": 51.0})]

_NUMBER = (
    r"(?:\d{1,3}(?![\d,./]|\s*(?:-|years?))|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?"
    r"|scores|several)"
)
_KILLED = r"(?:kill(?:ed|s|ing)?|dead|died|deaths?|martyr(?:ed|s|dom)?|fatalit(?:y|ies)|victims?)"
_STATES = re.compile(
    rf"\b{_NUMBER}\b(?:\W+\w+){{0,6}}?\W+{_KILLED}\b|\b{_KILLED}\b(?:\W+\w+){{0,6}}?\W+{_NUMBER}\b", re.IGNORECASE
)


def main(given: Sequence[str] | None = None) -> int:
    """Measure the tolls of the articles given."""
    parser = arguments(__doc__)
    parser.add_argument("--incidents", type=Path, help="the incidents of texts that only name them (Airwars)")
    parser.add_argument("--limit", type=int, default=0, help="the first so many incidents or texts (0: all)")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only incidents with an even (0) or odd (1) number")
    parser.add_argument("--show", action="store_true", help="print each article whose toll is not the register's")
    options = parser.parse_args(given)
    rows = [row for path in options.data for row in lines(path)]
    if options.half is not None:
        rows = [row for row in rows if int(re.sub(r"\D", "", _key(row)) or 0) % 2 == options.half]
    rows = rows[: options.limit or None]
    reader = Reader(Settings())
    if options.incidents:
        figures = airwars(reader, rows, list(lines(options.incidents)), options.show)
        report("casualties", figures, (), options)
    else:
        report("casualties", registers(reader, rows, options.show), PUBLISHED, options)
    return 0


def registers(reader: Reader, rows: Sequence[Mapping[str, Any]], show: bool = False) -> dict[str, float | None]:
    """Return the shares of articles whose killed and injured are the register's."""
    killed = injured = count = 0
    for row in rows:
        for entry in row["docs"]:
            found = _toll(reader, entry["doc"], entry.get("title"), entry.get("text"), entry.get("dct"))
            killed += found.killed == row["killed"]
            injured += found.injured == row["injured"]
            count += 1
            if show and (found.killed, found.injured) != (row["killed"], row["injured"]):
                told = f"{found.killed} killed for {row['killed']}, {found.injured} injured for {row['injured']}"
                print(f"{entry['doc']}: {told}")
    return {"killed_exact": _share(killed, count), "injured_exact": _share(injured, count), "articles": float(count)}


def airwars(
    reader: Reader, texts: Sequence[Mapping[str, Any]], incidents: Sequence[Mapping[str, Any]], show: bool = False
) -> dict[str, float | None]:
    """Return how the texts' figures of the killed stand to the ranges of their incidents."""
    ranges = {f"airwars-{row['airwars_id']}": _range(row) for row in incidents}
    stated = read = inside = single = exact = ones = 0
    for entry in texts:
        known = [r for key in entry["incident_ids"] if (r := ranges.get(key)) is not None]
        text = f"{entry.get('title') or ''}\n\n{entry.get('text') or ''}"
        if not known or not _STATES.search(text):
            continue
        stated += 1
        found = _toll(reader, entry["source_id"], entry.get("title"), entry.get("text"), entry.get("date"))
        if found.killed is None or found.killed_from not in ("figure", "names", "headline"):
            continue
        read += 1
        fits = any(low <= found.killed <= high for low, high in known)
        inside += fits
        exacts = [low for low, high in known if low == high]
        if exacts:
            single += 1
            exact += found.killed in exacts
            ones += 1 in exacts
        if show and not fits:
            print(f"{entry['source_id']}: {found.killed} killed for {known}")
    return {
        "killed_recall": _share(read, stated),
        "killed_in_range": _share(inside, read),
        "killed_exact_single": _share(exact, single),
        "single_always_one": _share(ones, single),
        "single": float(single),
        "texts": float(stated),
    }


def _toll(reader: Reader, name: str, title: object, text: object, day: object) -> Toll:
    read = reader.read(article(name, str(title or ""), str(text or ""), str(day or "")))
    return toll(read.document, read.claims)


def _range(row: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the fewest and the most killed of an incident, None where the register has no number."""

    def number(name: str) -> int | None:
        value = row.get(name)
        return None if value in (None, "") else int(float(value))

    civil = [n for n in (number("civ_killed_min"), number("civ_killed_max")) if n is not None]
    armed = [n for n in (number("belligerents_killed_min"), number("belligerents_killed_max")) if n is not None]
    if not civil and not armed:
        return None
    low = min(civil) if civil else min(armed)
    return low, (max(civil) if civil else 0) + (max(armed) if armed else 0)


def _key(row: Mapping[str, Any]) -> str:
    return str(row.get("incident") or row.get("source_id") or "")


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


if __name__ == "__main__":
    sys.exit(main())
