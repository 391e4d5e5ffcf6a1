"""Who is meant: `python -m benchmarks.parties DATA... [--json]`, DATA being JSON Lines of mentions (.jsonl), re3d's
columns (.txt), or both; gzipped or not.

A line of mentions is {text, mention, party, kind, nth}: the `nth` (0 if left out) occurrence of the mention in the
text, the id of the party that it means (null where it must stay open), and whether it is a "name" to be found among
those who act, or the "role" of somebody who speaks. `right` is the share of mentions for which the answer is the one
wanted, to stay open where null is wanted included; `wrong` where it is another party, or one where it must stay open;
`abstained` where none is given though one is wanted. `benchmarks/data/parties.jsonl` holds invented sentences.

re3d does not say who an organisation is. `organisations_found` is the share of its Organisation spans that overlap a
name of the register, `names_found` the same of those with a capitalised word behind the first, or one in all capitals:
most others are pronouns and common nouns ("we", "the families").
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.common import arguments, lines, report
from corroborate.knowledge.parties import Parties
from corroborate.read.encoder import Encoder
from corroborate.read.encoder.chain import spans
from corroborate.read.who import find_parties, party_of_role
from training.passage import Passage
from training.re3d import read


def main(given: Sequence[str] | None = None) -> int:
    """Measure the mentions and passages given."""
    options = arguments(__doc__).parse_args(given)
    encoder, parties = Encoder(), Parties.load()
    own, columns = Counter[str](), Counter[str]()
    for path in options.data:
        if ".jsonl" in path.suffixes:
            own += judge(encoder, parties, lines(path))
        else:
            columns += found_in(parties, read(Path(path)))
    report("parties", figures(own, columns), (), options)
    return 0


def judge(encoder: Encoder, parties: Parties, mentions: Iterable[dict[str, object]]) -> Counter[str]:
    """Count the mentions that are right, wrong and abstained; raise ValueError where a text lacks its mention."""
    counts = Counter[str]()
    for row in mentions:
        text, mention = str(row["text"]), str(row["mention"])
        start = -1
        for _ in range(int(str(row.get("nth", 0))) + 1):
            start = text.find(mention, start + 1)
            if start < 0:
                raise ValueError(f"{mention!r} is not so often in {text!r}")
        found = answer(encoder.parse(text), parties, start, start + len(mention), str(row["kind"]))
        wanted = row["party"]
        verdict = "right" if found == wanted else "wrong" if found is not None else "abstained"
        counts[verdict] += 1
        counts[f"{verdict}_{'open' if wanted is None else 'named'}"] += 1
    return counts


def answer(doc: Doc, parties: Parties, start: int, end: int, kind: str) -> str | None:
    """Return the party of the mention at these code points, None where it stays open."""
    named = find_parties(doc, parties)
    if kind == "role":
        span = doc.char_span(start, end, alignment_mode="expand")
        return party_of_role(span, parties, named) if span is not None else None
    met = [mention for mention in named if mention.start < end and start < mention.end]
    return max(met, key=lambda m: min(m.end, end) - max(m.start, start)).party if met else None


def found_in(parties: Parties, passages: Iterable[Passage]) -> Counter[str]:
    """Count the organisations of passages, those that are names, and those of each that the register knows."""
    counts = Counter[str]()
    for passage in passages:
        starts = [0]
        for word in passage.words:
            starts.append(starts[-1] + len(word) + 1)
        named = parties.find(" ".join(passage.words))
        for low, high, kind in spans([label or "O" for label in passage.things]):
            if kind != "ORG":
                continue
            words = passage.words[low:high]
            met = any(start < starts[high] - 1 and starts[low] < end for start, end, _ in named)
            is_name = any(word[0].isupper() for word in words[1:]) or (words[0].isupper() and len(words[0]) > 1)
            counts["organisations"] += 1
            counts["organisations_met"] += met
            counts["names"] += is_name
            counts["names_met"] += is_name and met
    return counts


def figures(own: Counter[str], columns: Counter[str]) -> dict[str, float | None]:
    """Return the figures in percent, and how many mentions they rest on."""
    whole = own["right"] + own["wrong"] + own["abstained"]
    named = own["right_named"] + own["wrong_named"] + own["abstained_named"]
    return {
        **{verdict: _share(own[verdict], whole) for verdict in ("right", "wrong", "abstained")},
        "right_named": _share(own["right_named"], named),
        "right_open": _share(own["right_open"], whole - named),
        "mentions": whole,
        "organisations_found": _share(columns["organisations_met"], columns["organisations"]),
        "names_found": _share(columns["names_met"], columns["names"]),
        "organisations": columns["organisations"],
    }


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


if __name__ == "__main__":
    sys.exit(main())
