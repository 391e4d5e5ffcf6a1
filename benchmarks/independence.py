"""Whether the independent origins of an incident are counted right: `python -m benchmarks.independence FILE.jsonl`.

Each line is one case: {case, documents: [{name, outlet, published, url, text}], shown, possible}. Its documents go the
whole way (gathered as plain text with what the line says of them, read, linked, weighed) and nothing else is known of
them. The counts compared are those of the case's main incident: of the incidents that stand on the most documents of
the case, the one with the most claims, the first by id of equal ones. `shown_right` and `possible_right` are the shares
of cases whose number is exact, `both_right` that of both; `joined` the share of cases whose main incident reaches every
document, without which no count can be right but by chance. `--cases` prints each case that is not exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.common import Published, arguments, lines, report
from corroborate.gather import Item, open_item
from corroborate.knowledge.parties import Parties
from corroborate.link import link
from corroborate.model import Claim, Document
from corroborate.model import Published as Day
from corroborate.read import Reader
from corroborate.settings import Settings
from corroborate.weigh import weigh

if TYPE_CHECKING:
    from corroborate.model import Incident

# Nobody has published figures of such a count.
PUBLISHED: list[Published] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A case with the counts that are right, its main incident (None where nothing was read), and its documents."""

    case: str
    shown: int
    possible: int
    found: Incident | None
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]

    @property
    def counts(self) -> tuple[int, int]:
        """The counts that were found, (0, 0) where nothing was."""
        count = self.found.independent_origins if self.found else None
        return (count.shown, count.possible) if count else (0, 0)

    @property
    def joined(self) -> bool:
        """Whether the main incident reaches every document."""
        return self.found is not None and len(_reached(self.found, self.claims)) == len(self.documents)


def gathered(row: Mapping[str, Any]) -> Document:
    """Return the document of one entry; raise ValueError where its text cannot be gathered."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    item = Item(
        name=row["name"],
        label=row["name"],
        data=row["text"].encode(),
        url=row.get("url"),
        outlet=row.get("outlet"),
        published=Day(start=day, end=day, basis="record") if day else None,
    )
    for opened in open_item(item):
        if hasattr(opened, "document"):
            return opened.document
    raise ValueError(f"{row['name']}: no text")


def count(row: Mapping[str, Any], reader: Reader, parties: Parties) -> Counted:
    """Take the documents of one case through every stage."""
    read = [reader.read(gathered(entry)) for entry in row["documents"]]
    documents = [result.document for result in read]
    claims = [claim for result in read for claim in result.claims]
    linked = link(documents, claims)
    incidents = weigh(linked.clusters, documents, claims, linked.shared, linked.links, parties=parties)
    return Counted(
        case=str(row["case"]),
        shown=int(row["shown"]),
        possible=int(row["possible"]),
        found=main_incident(incidents, claims),
        documents=tuple(documents),
        claims=tuple(claims),
    )


def main_incident(incidents: Iterable[Incident], claims: Iterable[Claim]) -> Incident | None:
    """Return the incident on the most documents, of those with the most claims, the first by id of equal ones."""
    every = list(claims)
    return min(incidents, key=lambda one: (-len(_reached(one, every)), -len(one.claims), one.id), default=None)


def _reached(incident: Incident, claims: Iterable[Claim]) -> set[str]:
    return {claim.document for claim in claims if claim.id in incident.claims}


def measure(cases: Iterable[Counted]) -> dict[str, float | None]:
    """Return the figures over the cases."""
    every = list(cases)
    share = 100 / max(1, len(every))
    return {
        "shown_right": share * sum(one.counts[0] == one.shown for one in every),
        "possible_right": share * sum(one.counts[1] == one.possible for one in every),
        "both_right": share * sum(one.counts == (one.shown, one.possible) for one in every),
        "joined": share * sum(one.joined for one in every),
        "cases": len(every),
    }


def _tell(case: Counted) -> str:
    said = f"{case.case}: wanted {case.shown}/{case.possible}, found {case.counts[0]}/{case.counts[1]}"
    if not case.joined:
        said += " (not joined)"
    origins = case.found.origins if case.found else ()
    return "\n".join([said, *(f"    {one.kind} {one.name}: {'; '.join(one.because)}" for one in origins)])


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--cases", action="store_true", help="print each case whose counts are not exact")
    options = parser.parse_args()
    reader, parties = Reader(Settings()), Parties.load()
    cases = [count(row, reader, parties) for path in options.data for row in lines(path)]
    if options.cases:
        for case in cases:
            if case.counts != (case.shown, case.possible):
                print(_tell(case))
    report("independence", measure(cases), PUBLISHED, options)


if __name__ == "__main__":
    main()
