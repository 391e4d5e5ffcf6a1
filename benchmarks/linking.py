"""Reports to incidents beside a register that lists the articles of each: `python -m benchmarks.linking FILE [--json]`.

FILE is JSON Lines of incidents with `incident`, `killed`, `injured` and `docs` (GVA). Every article is read and all are
linked without their incidents. A document's incident is the cluster of the account that it is about
(`Linked.subjects`); one whose account is in no cluster stands alone. Against the register: B-cubed, CoNLL F1 (the mean
of MUC, B-cubed and CEAF-e; CEAF-e aligned greedily, which can only be lower than the best alignment), the largest
cluster, and, for each incident of the register, whether the number that the articles in the cluster that holds most of
its articles tell most (`corroborate.weigh.toll`) is the register's.

The baseline needs no reading: cosine of TF-IDF of at least 0.2, published within seven days, connected components.
`--read FILE` takes documents and claims that were read before (records; documents are known by the article's id).
`--without NAME` leaves out a comparison of the model, to see its share.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.articles import article
from benchmarks.common import Published, arguments, lines, opened, report
from corroborate.link import Linked, Linking
from corroborate.link import model as linking_model
from corroborate.link.rules import linking_rules
from corroborate.model import Claim, Document
from corroborate.model.records import read_records
from corroborate.weigh.toll import most_told, toll

_WORD = re.compile(r"[a-z0-9]{2,}")
_COSINE, _DAYS = 0.2, 7


def main(given: Sequence[str] | None = None) -> int:
    """Measure the linking of the articles given."""
    parser = arguments(__doc__)
    parser.add_argument("--read", type=Path, help="records of the articles as read before")
    parser.add_argument("--without", default="", help="a comparison of knowledge/linking.toml to leave out")
    parser.add_argument("--limit", type=int, default=0, help="the first so many incidents (0: all)")
    options = parser.parse_args(given)
    rows = [row for path in options.data for row in lines(path)][: options.limit or None]
    wanted = {entry["doc"]: str(row["incident"]) for row in rows for entry in row["docs"]}  # type: ignore[attr-defined]
    documents, claims = _known(options.read, wanted) if options.read else _read(rows)
    if options.without:
        _leave_out(options.without)
    gold = {one.id: wanted[one.name] for one in documents}
    linking = Linking()
    linking.add(documents, claims)
    found = incidents(documents, linking.linked())
    figures = scores(found, gold) | tolls(documents, claims, found, gold, rows)
    plain = scores(baseline(documents), gold)
    report("linking", figures, [Published("TF-IDF within seven days", {k: v for k, v in plain.items() if v})], options)
    return 0


def incidents(documents: Iterable[Document], linked: Linked) -> dict[str, Hashable]:
    """Return the incident of each document (by id): a cluster's number, or its own id where it is in none."""
    of_claim = {claim: number for number, cluster in enumerate(linked.clusters) for claim in cluster.claims}
    return {one.id: of_claim.get(linked.subjects.get(one.id, ""), one.id) for one in documents}


def baseline(documents: Sequence[Document]) -> dict[str, Hashable]:
    """Return the components of documents whose TF-IDF is alike and that were published within a week."""
    counts = {one.id: Counter(_WORD.findall(one.text.lower())) for one in documents}
    held = Counter(word for words in counts.values() for word in words)
    vectors = {}
    for key, words in counts.items():
        weighed = {w: (1 + math.log(n)) * math.log(len(counts) / held[w]) for w, n in words.items()}
        norm = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        vectors[key] = {word: value / norm for word, value in weighed.items()}
    above = {one.id: one.id for one in documents}

    def root(key: str) -> str:
        while above[key] != key:
            key = above[key]
        return key

    dated = sorted((one.published.start.toordinal(), one.id) for one in documents if one.published)
    for i, (day, key) in enumerate(dated):
        for later, other in dated[i + 1 :]:
            if later - day > _DAYS:
                break
            small, large = sorted((vectors[key], vectors[other]), key=len)
            if sum(value * large.get(word, 0.0) for word, value in small.items()) >= _COSINE:
                above[root(other)] = root(key)
    return {key: root(key) for key in above}


def scores(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> dict[str, float | None]:
    """Return B-cubed, CoNLL F1 and the size of the largest cluster."""
    ours, theirs = _groups(found), _groups(gold)
    shared = {key: len(ours[found[key]] & theirs[gold[key]]) for key in gold}
    p = sum(shared[key] / len(ours[found[key]]) for key in gold) / len(gold)
    r = sum(shared[key] / len(theirs[gold[key]]) for key in gold) / len(gold)
    b3 = _f1(p, r)
    muc = _f1(_muc(ours.values(), gold), _muc(theirs.values(), found))
    ceaf = _ceaf(list(ours.values()), list(theirs.values()))
    return {
        "b3_f1": 100 * b3,
        "b3_p": 100 * p,
        "b3_r": 100 * r,
        "conll_f1": 100 * (b3 + muc + ceaf) / 3,
        "largest_cluster": float(max(map(len, ours.values()))),
    }


def tolls(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    found: Mapping[str, Hashable],
    gold: Mapping[str, Hashable],
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, float | None]:
    """Return for how many incidents of the register the merged incident has the register's killed and injured."""
    own: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[claim.document].append(claim)
    told = {one.id: toll(one, own[one.id]) for one in documents}
    day = {one.id: one.published.end.toordinal() if one.published else 0 for one in documents}
    ours, theirs = _groups(found), _groups(gold)
    right = {"killed": 0, "injured": 0}
    for row in rows:
        mine = theirs.get(str(row["incident"]), set())
        if not mine:
            continue
        best = max((found[key] for key in sorted(mine)), key=lambda number: len(ours[number] & mine))
        for measure in right:
            right[measure] += row[measure] == most_told(
                (getattr(told[key], measure), getattr(told[key], f"{measure}_said") is not None, day[key])
                for key in ours[best]
            )
    return {f"{measure}_right": 100 * count / len(theirs) for measure, count in right.items()}


def _read(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Document], list[Claim]]:
    from corroborate.read import Reader
    from corroborate.settings import Settings

    reader = Reader(Settings())
    documents: dict[str, Document] = {}
    claims: dict[str, tuple[Claim, ...]] = {}
    for row in rows:
        for entry in row["docs"]:
            made = article(
                entry["doc"],
                entry.get("title") or "",
                entry.get("text") or "",
                entry.get("dct") or "",
                entry.get("uri"),
            )
            result = reader.read(made)
            documents[result.document.id], claims[result.document.id] = result.document, result.claims
    return list(documents.values()), [claim for own in claims.values() for claim in own]


def _known(path: Path, wanted: Mapping[str, str]) -> tuple[list[Document], list[Claim]]:
    with opened(path) as file:
        records = list(read_records(file))
    documents = {one.id: one for one in records if isinstance(one, Document) and one.name in wanted}
    return list(documents.values()), [one for one in records if isinstance(one, Claim) and one.document in documents]


def _leave_out(name: str) -> None:
    for one in linking_rules().model["comparisons"]:
        if one["output_column_name"] == name:
            for level in one["comparison_levels"]:
                level |= {"m_probability": 0.5, "u_probability": 0.5}
    linking_model.comparisons.cache_clear()


def _groups(of: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for key, number in of.items():
        groups[number].add(key)
    return groups


def _muc(groups: Iterable[set[str]], other: Mapping[str, Hashable]) -> float:
    kept = whole = 0
    for group in groups:
        whole += len(group) - 1
        kept += len(group) - len({other[key] for key in group})
    return kept / whole if whole else 0.0


def _ceaf(ours: Sequence[set[str]], theirs: Sequence[set[str]]) -> float:
    of = {key: number for number, group in enumerate(theirs) for key in group}
    alike = [
        (2 * len(group & theirs[other]) / (len(group) + len(theirs[other])), -number, -other)
        for number, group in enumerate(ours)
        for other in {of[key] for key in group}
    ]
    used: tuple[set[int], set[int]] = (set(), set())
    total = 0.0
    for value, number, other in sorted(alike, reverse=True):
        if number not in used[0] and other not in used[1]:
            used[0].add(number)
            used[1].add(other)
            total += value
    return _f1(total / len(ours), total / len(theirs))


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


if __name__ == "__main__":
    sys.exit(main())
