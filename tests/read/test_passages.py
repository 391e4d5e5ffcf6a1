"""The accuracy floors of reading: texts of our own, marked by hand before the reader was run on them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from documents import document

from corroborate.model import Claim
from corroborate.read import Reader
from corroborate.settings import Settings

PASSAGES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))["passage"]
# The share of the marked claims that must be found (the project's own aim).
FOUND = 0.80


def _fits(claim: Claim, marked: dict[str, Any]) -> bool:
    """Say whether a claim holds the marked words with the marked figures, modality and polarity."""
    for measure in ("killed", "injured"):
        if measure in marked:
            low, high = marked[measure][0], (marked[measure] + [None])[1]
            if not any((q.measure, q.low, q.high) == (measure, low, high) for q in claim.quantities):
                return False
    return claim.modality == marked.get("modality", claim.modality) and claim.polarity == marked.get(
        "polarity", claim.polarity
    )


def _speaker(claim: Claim) -> str | None:
    """Return who a claim is laid to: "" for the report itself, None where it is left open."""
    if claim.voice == "unresolved":
        return None
    return claim.source.name if claim.source is not None else ""


@pytest.fixture(scope="module")
def outcome() -> tuple[int, list[str], list[str]]:
    """Read every passage; return how many claims are marked, which were not found, and which speakers are wrong."""
    reader = Reader(Settings())
    marked, lost, wrong = 0, [], []
    for passage in PASSAGES:
        claims = reader.read(document(passage["text"])).claims
        for wanted in passage["claims"]:
            marked += 1
            holding = [claim for claim in claims if wanted["words"] in " ".join(claim.text.split())]
            wrong += [
                f"{wanted['words']}: {_speaker(claim)!r}"
                for claim in holding
                if _speaker(claim) is not None and _speaker(claim) not in wanted["speaker"]
            ]
            right = [claim for claim in holding if _speaker(claim) in wanted["speaker"]]
            if not any(_fits(claim, wanted) for claim in right):
                lost.append(wanted["words"])
    return marked, lost, wrong


def test_no_speaker_is_wrong(outcome: tuple[int, list[str], list[str]]) -> None:
    assert outcome[2] == []


def test_most_claims_are_found(outcome: tuple[int, list[str], list[str]]) -> None:
    marked, lost, _ = outcome
    assert 1 - len(lost) / marked >= FOUND, lost
