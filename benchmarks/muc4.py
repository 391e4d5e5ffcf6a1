"""Incidents of whole articles: `python -m benchmarks.muc4 TEXTS... KEYS... [--json]`, or folders or a .tar.gz of both.

The texts are those of MUC-3 and MUC-4 (terrorism in Latin America, in capitals), the keys their templates, one an
incident. Files whose name holds "key" are keys. Each slot is scored by document: the set of values that the templates
have against the set that the claims have, so that nothing rests on which template goes with which claim; the
conference aligned templates first, and its figures stand beside ours for orientation only. Optional templates and
alternatives ("/", "?") may be answered and need not be.

- type: ATTACK, BOMBING, KIDNAPPING, ARSON, ROBBERY, HIJACKING; claims of ASSAULT and COERCE by PLOVER's mode and
  their words.
- target_number: how many people were hit, as figures; PLURAL in the keys is "more than one, not said".
- target_effect: death, injury, kidnapping (REGAINED FREEDOM and NO INJURY are not asked for).
- location: the most precise place of a template by its name; where that is a country, the country.
- date: right where our interval lies within ten days and overlaps the template's.

The texts are put into small letters before they are read: capitals that every word has tell nothing.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.articles import article
from benchmarks.common import Counts, Published, arguments, opened, report
from corroborate.model import Claim, Document
from corroborate.read import Reader
from corroborate.settings import Settings

# MUC-4: the best system's F1 of each slot, from recall and precision in the conference's summary of scores.
_SLOTS = ("type_f1", "target_number_f1", "target_effect_f1", "location_f1", "date_f1")
PUBLISHED = [
    Published("best of TST3", dict(zip(_SLOTS, (75.7, 60.6, 56.6, 60.9, 58.9), strict=True))),
    Published("best of TST4", dict(zip(_SLOTS, (75.4, 52.7, 50.9, 59.0, 59.4), strict=True))),
]
_MODES = {
    "explosives": "BOMBING", "suicide-attack": "BOMBING", "aerial": "BOMBING", "abduct": "KIDNAPPING",
    "primitive": "ATTACK", "destroy": "ATTACK",
}  # fmt: skip
_WORDS = {
    "ARSON": re.compile(r"\b(?:burn(?:ed|t|ing)?|arson|set (?:\w+ ){0,3}(?:on fire|ablaze)|torched)\b"),
    "ROBBERY": re.compile(r"\b(?:robb\w+|stole\w*|stealing|loot\w*|theft)\b"),
    "HIJACKING": re.compile(r"\bhijack\w*\b"),
    "BOMBING": re.compile(r"\b(?:bomb\w*|dynamit\w*|explo(?:sion|sive|ded|de)\w*|car bomb|mine|grenade)\b"),
    "KIDNAPPING": re.compile(r"\b(?:kidnap\w*|abduct\w*|hostage\w*)\b"),
}
_EFFECTS = {"DEATH": "killed", "INJURY": "injured"}
_SLACK = timedelta(days=10)


@dataclass
class Slots:
    """What a document's templates, or our claims, have in each slot; `may` holds what may be answered besides."""

    type: set[str] = field(default_factory=set)
    target_number: set[str] = field(default_factory=set)
    target_effect: set[str] = field(default_factory=set)
    location: set[str] = field(default_factory=set)
    dates: set[tuple[date, date]] = field(default_factory=set)
    may: dict[str, set[str]] = field(default_factory=dict)


def main(given: Sequence[str] | None = None) -> int:
    """Measure the incidents of the texts given."""
    parser = arguments(__doc__)
    parser.add_argument("--limit", type=int, default=0, help="the first so many texts (0: all)")
    options = parser.parse_args(given)
    texts: dict[str, str] = {}
    keys: dict[str, Slots] = {}
    for name, content in _files(options.data):
        if "key" in name:
            _read_keys(content, keys)
        else:
            texts.update(_read_texts(content))
    known = [name for name in texts if name in keys]
    if not known:
        raise SystemExit("no text has a key: give the texts and the key files")
    reader = Reader(Settings())
    slots = ("type", "target_number", "target_effect", "location")
    counts = {slot: Counts() for slot in (*slots, "date")}
    for name in known[: options.limit or None]:
        read = reader.read(_document(name, texts[name]))
        ours, wanted = found(read.document, read.claims), keys[name]
        for slot in slots:
            mine, theirs = getattr(ours, slot), getattr(wanted, slot)
            counts[slot].add(mine - (wanted.may.get(slot, set()) - theirs), theirs)
        hit = sum(any(_agree(mine, theirs) for mine in ours.dates) for theirs in wanted.dates)
        counts["date"].right += hit
        counts["date"].found += len(ours.dates)
        counts["date"].wanted += len(wanted.dates)
    figures: dict[str, float | None] = {f"{slot}_f1": count.f1 for slot, count in counts.items()}
    figures |= {f"{slot}_p": count.precision for slot, count in counts.items()}
    figures |= {f"{slot}_r": count.recall for slot, count in counts.items()}
    report("muc4", figures, PUBLISHED, options)
    return 0


def found(document: Document, claims: Sequence[Claim]) -> Slots:
    """Return what the claims of a document have in each slot."""
    slots = Slots()
    for claim in claims:
        event = claim.event
        if event is None or event.type not in ("ASSAULT", "COERCE") or claim.polarity == "negated":
            continue
        kind = _kind(claim)
        if kind is None or claim.modality in ("speculated", "denied"):
            continue
        slots.type.add(kind)
        if kind == "KIDNAPPING":
            slots.target_effect.add("kidnapping")
        for quantity in claim.quantities:
            if quantity.measure not in ("killed", "injured", "detained", "missing"):
                continue
            value = quantity.low if quantity.low is not None else quantity.high
            if value:
                slots.target_number.add("PLURAL" if quantity.bound == "vague" else str(int(value)))
            if quantity.measure in ("killed", "injured"):
                slots.target_effect.add(quantity.measure)
        for person in claim.persons:
            slots.target_number.add("1")
            if person.status in ("killed", "injured"):
                slots.target_effect.add(person.status)
        slots.location |= {place.name.upper() for place in claim.places[:1]}
        when = claim.when
        if when is not None and when.start is not None and when.end is not None:
            slots.dates.add((when.start, when.end))
    return slots


def _kind(claim: Claim) -> str | None:
    assert claim.event is not None
    words = claim.text.lower()
    for kind, pattern in _WORDS.items():
        if pattern.search(words):
            return kind
    if claim.event.type == "COERCE":
        return None
    return _MODES.get(claim.event.mode or "", "ATTACK")


def _agree(ours: tuple[date, date], theirs: tuple[date, date]) -> bool:
    return ours[0] <= theirs[1] and theirs[0] <= ours[1] and ours[1] - ours[0] <= _SLACK


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        if path.name.endswith((".tar.gz", ".tgz", ".tar")):
            with tarfile.open(path) as archive:
                for member in archive:
                    data = archive.extractfile(member) if member.isfile() else None
                    if data is not None and _is_corpus(member.name):
                        yield Path(member.name).name, data.read().decode("latin-1")
        elif path.is_dir():
            for inner in sorted(p for p in path.rglob("*") if p.is_file() and _is_corpus(p.name)):
                yield inner.name, inner.read_text(encoding="latin-1")
        else:
            with opened(path) as file:
                yield path.name, file.read()


def _is_corpus(name: str) -> bool:
    return bool(re.search(r"key-|-muc[34]", Path(name).name))


def _read_texts(content: str) -> Iterator[tuple[str, str]]:
    parts = re.split(r"^((?:DEV|TST\d)-MUC\d-\d{4})[^\n]*\n", content, flags=re.MULTILINE)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        yield name, re.sub(r"\[(?:TEXT|[A-Z ]+)\]\s*", "", body).strip()


def _document(name: str, text: str) -> Document:
    stamp = re.search(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d{2})\b", text)
    day = _day(" ".join(stamp.groups())) if stamp else None
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return article(name, "", "\n\n".join(paragraphs).lower(), day.isoformat() if day else "")


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(words.title(), "%d %b %y").date()
    except ValueError:
        return None


def _read_keys(content: str, keys: dict[str, Slots]) -> None:
    """Add the templates of a key file to `keys`, by document."""
    rows: list[tuple[int, str]] = []
    for line in [*content.splitlines(), "0.  END"]:
        match = re.match(r"(\d+)\.\s+[A-Z ]+(?::\s?[A-Z ]+?)?\s{2,}(.*)$", line)
        if line.startswith("0.") and rows:
            _template(rows, keys)
            rows = []
        if match:
            rows.append((int(match[1]), match[2].strip()))
        elif rows and line.startswith("  ") and line.strip():
            rows.append((rows[-1][0], line.strip()))


def _template(rows: Sequence[tuple[int, str]], keys: dict[str, Slots]) -> None:
    values: dict[int, list[str]] = {}
    for number, value in rows:
        values.setdefault(number, []).append(value)
    name = values[0][0].split()[0] if values.get(0) else ""
    if not re.match(r"(?:DEV|TST\d)-MUC", name):
        return
    slots = keys.setdefault(name, Slots())
    if values.get(1, ["*"])[0].startswith("*"):
        return
    optional = "OPTIONAL" in values[1][0]
    for slot, found_values in (
        ("type", [v for v in _sure(values.get(4, [])) if v.isupper()]),
        ("target_number", [v.split(":")[0].strip() for v in _sure(values.get(21, []))]),
        ("target_effect", list(_effects(values))),
        ("location", [_precise(v) for v in _sure(values.get(3, []))]),
    ):
        target = slots.may.setdefault(slot, set()) if optional else getattr(slots, slot)
        target.update(found_values)
        for doubtful in values.get({"type": 4, "target_number": 21, "location": 3}.get(slot, -1), []):
            if doubtful.startswith("?") or " / " in doubtful:
                slots.may.setdefault(slot, set()).update(part.strip(" ?") for part in doubtful.split(" / "))
    if not optional:
        slots.dates.update(span for value in _sure(values.get(2, [])) if (span := _span(value)) is not None)


def _sure(values: Sequence[str]) -> list[str]:
    return [v.split(" / ")[0].strip() for v in values if v not in ("-", "*", "") and not v.startswith("?")]


def _effects(values: dict[int, list[str]]) -> Iterator[str]:
    for value in _sure(values.get(23, [])):
        effect = value.split(":")[0].strip()
        if effect in _EFFECTS:
            yield _EFFECTS[effect]
    if any(value.startswith("KIDNAPPING") for value in values.get(4, [])):
        yield "kidnapping"


def _precise(value: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", value.split(" - ")[0].split(":")[-1]).strip()


def _span(value: str) -> tuple[date, date] | None:
    """Return a template's day, or its span of days; "- 04 FEB 90" is some day up to that one."""
    days = [day for words in re.findall(r"\d{1,2} [A-Z]{3} \d{2}", value) if (day := _day(words)) is not None]
    if not days:
        return None
    return (days[-1] - _SLACK, days[-1]) if value.startswith("-") else (days[0], days[-1])


if __name__ == "__main__":
    sys.exit(main())
