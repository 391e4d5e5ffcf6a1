"""Small documents, claims, incidents and decisions to keep; as a script, a batch that adds them and can be killed."""

import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from corroborate.errors import Problem
from corroborate.ledger import Ledger
from corroborate.model import (
    Claim,
    Decision,
    Document,
    Event,
    Grade,
    Harm,
    Hop,
    Incident,
    Link,
    OriginCount,
    Published,
    Quantity,
    Range,
    Segment,
    Source,
    Span,
    When,
    claim_id,
    decision_id,
    document_id,
    evidence_id,
    incident_id,
)

READER = "reader 1"
DAY = date(2031, 5, 2)


def text_of(number: int, sentences: int = 2) -> str:
    return " ".join(f"The Karsa monitor says at least {number + i} people died in Élis." for i in range(sentences))


def document_of(number: int, sentences: int = 2, outlet: str | None = "The Karsa Courier") -> Document:
    text = text_of(number, sentences)
    evidence = evidence_id(text.encode())
    name = f"report{number}.txt"
    return Document(
        id=document_id(evidence, name),
        evidence=evidence,
        within=None,
        url=None,
        archive_url=None,
        retrieved=datetime(2031, 5, 3, 12, tzinfo=UTC),
        name=name,
        media_type="text/plain",
        outlet=outlet,
        title=None,
        author=None,
        language="en",
        text=text,
        published=Published(start=DAY, end=DAY, basis="metadata"),
        sentences=((0, len(text)),),
        segments=(Segment(start=0, end=len(text), text=text, kind="body"),),
    )


def claims_of(document: Document) -> list[Claim]:
    claims, at = [], 0
    while (at := document.text.find("The Karsa monitor", at)) >= 0:
        claims.append(_claim(document, at))
        at += 1
    return claims


def _claim(document: Document, at: int) -> Claim:
    text = document.text
    start, end = text.index("at least", at), text.index(".", at)
    figure = Span.of(text, text.index("least", start) + 6, text.index(" people", start))
    said = float(figure.text)
    return Claim(
        id=claim_id(document.id, start, end, "ASSAULT"),
        document=document.id,
        start=start,
        end=end,
        text=text[start:end],
        voice="attributed",
        source=Source(
            start=at, end=at + 17, text=text[at : at + 17], name="Karsa monitor", kind="organisation", party=None
        ),
        cue=Span.of(text, at + 18, at + 22),
        chain=(Hop(name="The Karsa Courier", kind="outlet", party=None),),
        basis=None,
        modality="reported",
        polarity="affirmed",
        hedges=(),
        event=Event(type="ASSAULT", mode=None),
        places=(),
        when=None,
        quantities=(
            Quantity(
                start=figure.start,
                end=figure.end,
                text=figure.text,
                measure="killed",
                who=None,
                low=said,
                high=None,
                bound="at_least",
            ),
        ),
        persons=(),
        evidence=(),
        flags=(),
        why=("a cue names its source",),
    )


def incident_of(claims: list[Claim], low: int = 3) -> Incident:
    return Incident(
        id=incident_id(claim.id for claim in claims),
        claims=tuple(claim.id for claim in claims),
        aggregate=False,
        contains=(),
        type="ASSAULT",
        where=None,
        when=When(text=None, start=DAY, end=DAY, precision="day", basis="published"),
        harm={"unspecified": Harm(killed=Range(min=low, max=None)), "children": Harm(killed=Range(min=1, max=2))},
        alleged_actors=(),
        strike_status=None,
        origins=(),
        independent_origins=OriginCount(shown=1, possible=1),
        contradictions=(),
        grade=Grade(scheme="casualty", value="weak", because=()),
    )


def link_of(a: Claim, b: Claim, weight: float = 4.5) -> Link:
    return Link(a=a.id, b=b.id, weight=weight, because=("the same place", "the same figure"))


def decision_of(what: str, *on: str, why: str = "seen by me", supersedes: str | None = None) -> Decision:
    at = datetime(2031, 6, 1, 9, tzinfo=UTC)
    return Decision(
        id=decision_id("amal", at.isoformat() + why, what, on),
        by="amal",
        at=at,
        what=what,
        on=on,
        why=why,
        supersedes=supersedes,
        changes=(),
    )


def add(ledger: Ledger, document: Document, *, reader: str = READER, problems: tuple[Problem, ...] = ()) -> bool:
    ledger.keep_evidence(document.text.encode())
    return ledger.add_document(document, claims_of(document), reader=reader, problems=problems)


def state(ledger: Ledger) -> dict[str, list[object]]:
    """All that a ledger holds, but for the journal's times and what follows from them."""
    return {
        "documents": list(ledger.documents()),
        "claims": list(ledger.claims()),
        "links": list(ledger.links()),
        "incidents": list(ledger.incidents()),
        "decisions": list(ledger.decisions()),
        "problems": list(ledger.problems()),
        "journal": [(entry.number, entry.what, entry.on, entry.digest) for entry in ledger.journal()],
    }


def run_batch(path: Path, count: int) -> None:
    """What a batch does: each document once, then what follows from them. A line on standard output for each step."""
    print("opening", flush=True)
    with Ledger.open(path) as ledger:
        for number in range(count):
            document = document_of(number, sentences=5)
            if not ledger.was_read(document.id, READER):
                add(ledger, document, problems=(Problem(code="N152", name=document.name, detail="utf-8"),))
            ledger.add_problem(Problem(code="E103", name=f"empty{number}.txt"))
            print("step", flush=True)
        claims = list(ledger.claims())
        pairs = list(pairwise(claims))
        ledger.set_incidents([link_of(a, b) for a, b in pairs], [incident_of([a, b]) for a, b in pairs])
        print("step", flush=True)
        ledger.decide(decision_of("accept", next(ledger.incidents()).id))
        print("done", flush=True)


if __name__ == "__main__":
    run_batch(Path(sys.argv[1]), int(sys.argv[2]))
