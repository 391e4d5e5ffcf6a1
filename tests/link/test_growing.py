"""What is kept from one addition to the next is what would be found anew."""

from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented import reporting
from corroborate.link import Linking, link
from corroborate.link.candidates import Candidates
from corroborate.link.terms import Ints, Rarity
from corroborate.model import Claim

LARGEST, ROWS = 4, 12


def fits(a: Ints, b: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (a + b) % 5 != 0


def meeting(blocks: dict[int, set[int]]) -> set[tuple[int, int]]:
    """The pairs of rows that share a block of few rows, found the plain way; `blocks` are those of each row."""
    members = {
        block: [row for row in sorted(blocks) if block in blocks[row]] for block in set().union(*blocks.values())
    }
    pairs = {pair for rows in members.values() if len(rows) <= LARGEST for pair in combinations(rows, 2)}
    return {(a, b) for a, b in pairs if (a + b) % 5}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, ROWS - 1), st.sets(st.integers(0, 7), max_size=4)), max_size=6))
def test_pairs_come_and_go_with_the_blocks_of_their_rows(changes: list[dict[int, set[int]]]) -> None:
    candidates = Candidates(LARGEST)
    blocks: dict[int, set[int]] = {row: set() for row in range(ROWS)}
    known: set[tuple[int, int]] = set()
    for change in changes:
        blocks.update(change)
        rows = np.zeros(ROWS, bool)
        rows[list(change)] = True
        entries = [(block, row) for row, own in change.items() for block in own]
        columns = np.array(entries, np.int64).reshape(-1, 2).T
        begun, ceased = candidates.change(rows, columns[0], columns[1], fits)
        known -= {(int(code) >> 32, int(code) & 0xFFFFFFFF) for code in ceased}
        known |= {(int(code) >> 32, int(code) & 0xFFFFFFFF) for code in begun}
        assert known == meeting(blocks)


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 5))), max_size=12))
def test_rarity_moves_with_the_documents(changes: list[tuple[bool, set[int]]]) -> None:
    there: list[set[int]] = []
    rarity = Rarity()
    for comes, terms in changes:
        out = there.pop(0) if there and not comes else set()
        there += [terms] if comes else []
        come = np.array(sorted(terms) if comes else [], np.int64)
        rarity = rarity.moved(come, np.array(sorted(out), np.int64), len(there))
        held = {term: sum(term in own for own in there) for term in set().union(*there)}
        assert dict(zip(rarity.terms.tolist(), rarity.held.tolist(), strict=True)) == held
        whole = Rarity().moved(
            np.array(sorted(t for own in there for t in own), np.int64), np.zeros(0, np.int64), len(there)
        )
        assert rarity.bits.tolist() == whole.bits.tolist()


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_documents_that_are_replaced_leave_no_trace(random: Random) -> None:
    documents, claims = reporting(300)
    expected = link(documents, claims)
    linking = Linking()
    # Some come first with claims of other days and places, some with fewer claims; they are corrected in two steps.
    wrong = {one.id for one in documents if random.random() < 0.3}
    moved = {claim.id: replace(claim, when=None, places=()) for claim in claims if claim.document in wrong}
    first = [moved.get(claim.id, claim) for claim in claims if claim.document not in wrong or random.random() < 0.7]
    linking.add(documents, first)
    linking.linked()
    order = random.sample(sorted(wrong), len(wrong))
    for keys in (order[::2], order[1::2]):
        linking.add([one for one in documents if one.id in keys], [one for one in claims if one.document in keys])
        found = linking.linked()
    assert found == expected


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**16))
def test_groups_are_formed_anew_with_those_they_may_merge_with_and_no_others(seed: int) -> None:
    documents, claims = reporting(1000)
    of: dict[str, list[Claim]] = {one.id: [] for one in documents}
    for claim in claims:
        of[claim.document].append(claim)
    expected = link(documents, claims)
    random = Random(seed)
    order = random.sample(documents, len(documents))
    cuts = [0, *sorted(random.sample(range(len(order) // 2, len(order)), 15)), len(order)]
    linking = Linking()
    for low, high in pairwise(cuts):
        linking.add(order[low:high], [claim for one in order[low:high] for claim in of[one.id]])
        found = linking.linked()
    assert found == expected
