"""The links between the claims of one account, each with the claim told before it."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from corroborate.link.explain import because, link_of
from corroborate.link.features import Reading
from corroborate.link.model import levels, weights
from corroborate.link.pairs import in_common
from corroborate.link.table import Table
from corroborate.model import Link


def inner_links(told: Iterable[tuple[int, Reading, list[Reading]]]) -> dict[int, tuple[Link, ...]]:
    """Return the links within accounts by their rows, given row and account with the readings of its document's claims.

    Raises CorroborateError E301 where the probabilistic model cannot be run.
    """
    neighbours = []
    for row, account, readings in told:
        if len(account.claims) > 1:
            single = {one.claims[0]: one for one in readings}
            neighbours += [(row, single[a], single[b]) for a, b in pairwise(account.claims)]
    claims = [one for _, *pair in neighbours for one in pair]
    table = Table.of(claims, [""] * len(claims))
    a = np.arange(0, len(claims), 2)
    words = in_common(a, a + 1, table.words)
    size = np.diff(table.words.starts)
    of_pairs = {
        "jaccard": words / np.maximum(size[a] + size[a + 1] - words, 1),
        "cosine": np.full(len(a), np.nan),
        "ages": np.full(len(a), np.nan),
        "place_bits": np.full(len(a), np.nan),
        "copied": np.zeros(len(a), bool),
        "whole": np.zeros(len(a), bool),
    }
    found = levels(table.said, a, a + 1, of_pairs, in_document=True)
    links: dict[int, list[Link]] = defaultdict(list)
    for (row, one, other), level, weight in zip(neighbours, found, weights(found), strict=True):
        links[row].append(link_of(one, other, float(weight), because(one, other, level.tolist())))
    return {row: tuple(own) for row, own in links.items()}
