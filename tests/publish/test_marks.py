import random
from datetime import date

import samples

from corroborate.model import Claim, Document
from corroborate.publish.marks import blocks


def test_the_pieces_are_the_text_and_know_their_claims() -> None:
    held = samples.holdings()
    for document in held.documents:
        claims = held.claims_of[document.id]
        at = 0
        for block in blocks(document, claims):
            for piece in block.pieces:
                over = {claim.id for claim in claims if claim.start <= at and at + len(piece.text) <= claim.end}
                assert {claim.id for claim in piece.claims} == over
                assert document.text[at : at + len(piece.text)] == piece.text
                at += len(piece.text)
        assert at == len(document.text)


def test_the_innermost_claim_comes_first_and_each_begins_once() -> None:
    held = samples.holdings()
    document = held.documents[0]
    pieces = [piece for block in blocks(document, held.claims_of[document.id]) for piece in block.pieces]
    nested = next(piece for piece in pieces if piece.text == "civilians were killed")
    assert nested.claims[0].text == "civilians were killed"
    assert len(nested.claims) == 2
    begun = [key for piece in pieces for key in piece.begins]
    assert sorted(begun) == sorted(claim.id for claim in held.claims_of[document.id])


def test_source_cue_and_figure_are_marked_for_their_claim() -> None:
    held = samples.holdings()
    document, killed = held.documents[0], held.claims[0]
    pieces = [piece for block in blocks(document, held.claims_of[document.id]) for piece in block.pieces]
    said = next(piece for piece in pieces if piece.text == "said" and "cue" in piece.roles)
    assert killed.id in said.of
    assert any(piece.text == "Lowland Monitor" and "source" in piece.roles for piece in pieces)
    assert any(piece.text == "At least 17" and "quantity" in piece.roles for piece in pieces)


def test_posts_are_blocks_of_their_own() -> None:
    held = samples.holdings()
    found = [block for block in blocks(held.documents[0], ()) if block.segment and block.segment.kind == "post"]
    assert ["".join(piece.text for piece in block.pieces)[:18] for block in found] == ["Witness @ostra_eye"]


def test_overlapping_marks_at_random() -> None:
    chance = random.Random(7)
    text = "".join(chance.choice("ab \n") for _ in range(300))
    document: Document = samples.document("random", None, text, date(2031, 1, 1))
    model = samples.holdings().claims[5]
    claims = [_moved(model, n, chance, text) for n in range(40)]
    at = 0
    for block in blocks(document, claims):
        for piece in block.pieces:
            assert piece.text == text[at : at + len(piece.text)]
            assert {one.id for one in piece.claims} == {one.id for one in claims if one.start <= at < one.end}
            at += len(piece.text)
    assert at == len(text)


def _moved(claim: Claim, number: int, chance: random.Random, text: str) -> Claim:
    import dataclasses

    start = chance.randrange(len(text) - 1)
    end = chance.randrange(start + 1, len(text) + 1)
    return dataclasses.replace(claim, id=f"c_{number}", start=start, end=end, text=text[start:end], hedges=())
