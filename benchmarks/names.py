"""Names, weapons, quantities and times: `python -m benchmarks.names FILE.txt...` (re3d: a word and its BIO label a
line, a blank line between sentences).

A span of `doc.spans["things"]` counts as right where its first word, its last word and its type are right. The types
are those of the project's question, re3d's put together: person, organisation, place, weapon (weapons and platforms),
quantity (money too) and time. re3d's nationalities and references to documents belong to none of them and are left
out on both sides. `parties_as_persons` counts the names of parties in the register (armed groups, states and their
organs; none of them a person's) that come out as a person among the things or the entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.common import Counts, Published, arguments, report
from corroborate.knowledge.parties import Parties
from corroborate.read.encoder import Encoder
from corroborate.read.encoder.chain import spans
from training.passage import Passage
from training.re3d import read

GROUPS = {
    "PERSON": "person",
    "ORG": "organisation",
    "LOC": "place",
    "WEAPON": "weapon",
    "PLATFORM": "weapon",
    "QUANTITY": "quantity",
    "MONEY": "quantity",
    "TEMPORAL": "time",
}
"""The encoder's types as those counted here."""
PUBLISHED: list[Published] = []
"""No figures for these groups of types are known."""


def measure(encoder: Encoder, passages: Iterator[Passage], is_party: Callable[[str], bool]) -> dict[str, float | None]:
    """Return precision, recall and F1 over all groups, F1 of each, and the parties taken for persons."""
    counts = {group: Counts() for group in dict.fromkeys(GROUPS.values())}
    wrong = 0
    for gold in passages:
        doc = encoder.parse_words(gold.words)
        wanted = set(_grouped(spans([label or "O" for label in gold.things])))
        found = set(_grouped((span.start, span.end, span.label_) for span in doc.spans["things"]))
        for group, count in counts.items():
            count.add({s for s in found if s[2] == group}, {s for s in wanted if s[2] == group})
        wrong += sum(is_party(text) for _, text in _persons(doc))
    total = Counts(*(sum(getattr(c, part) for c in counts.values()) for part in ("right", "found", "wanted")))
    figures: dict[str, float | None] = {"f1": total.f1, "p": total.precision, "r": total.recall}
    return figures | {f"{group}_f1": count.f1 for group, count in counts.items()} | {"parties_as_persons": wrong}


def _grouped(given: Iterator[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    for start, end, kind in given:
        if kind in GROUPS:
            yield start, end, GROUPS[kind]


def _persons(doc: Doc) -> set[tuple[int, str]]:
    return {(span.start, span.text) for span in (*doc.spans["things"], *doc.ents) if span.label_ == "PERSON"}


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    options = parser.parse_args()
    parties = Parties.load()
    passages = (passage for path in options.data for passage in read(path))
    figures = measure(Encoder(options.weights), passages, lambda text: parties.by_alias(text) is not None)
    report("names", figures, PUBLISHED, options)


if __name__ == "__main__":
    main()
