"""What the commands share that read files and keep nothing."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corroborate.cli.options import own_parties
from corroborate.settings import Settings

if TYPE_CHECKING:
    from corroborate.cli.progress import Bars
    from corroborate.errors import Problem
    from corroborate.pipeline import ReadDocument
    from corroborate.publish.holdings import Holdings


def noting(found: "Iterable[ReadDocument | Problem]", bars: "Bars") -> "Iterator[ReadDocument]":
    """Yield what was read; each problem goes to the bars, which name it on standard error."""
    from corroborate.errors import Problem

    for one in found:
        for problem in (one,) if isinstance(one, Problem) else one.problems:
            bars.note(problem)
        if not isinstance(one, Problem):
            yield one


def holdings_of(found: "Iterator[ReadDocument]", set_up: Settings) -> "Iterator[Holdings]":
    """Yield each document with its claims; where names are masked all at once, since a later text may name somebody."""
    from corroborate.publish.holdings import Holdings
    from corroborate.publish.mask import mask

    parties = own_parties(set_up)
    if not set_up.mask:
        for one in found:
            yield Holdings.of((one.document,), one.claims, parties=parties)
        return
    everything = list(found)
    claims = (claim for one in everything for claim in one.claims)
    held = mask(Holdings.of((one.document for one in everything), claims, parties=parties))
    for document in held.documents:
        yield Holdings.of((document,), held.claims_of[document.id], parties=parties)
