"""What people decided, as the linking obeys it: claims that belong together, and claims that may never meet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from corroborate.model import Ruling


class Bindings:
    """Groups of claims held together, and which groups are held apart.

    What is apart stays apart: where a ruling would bring it together, that ruling yields. Rulings count in the order in
    which they were taken.
    """

    def __init__(self, rulings: Sequence[Ruling] = ()) -> None:
        self._above: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._reviewed: set[str] = set()
        standing = [one for one in rulings if one.binds is not None and one.waits is None]
        for one in standing:
            if one.binds == "apart":
                for a, b in combinations(one.sides, 2):
                    for x, y in product(a, b):
                        if x != y:
                            self._apart[x].add(y)
                            self._apart[y].add(x)
        self.claims = frozenset(claim for one in standing for side in one.sides for claim in side)
        for one in standing:
            if one.binds != "apart":
                together = [claim for side in one.sides for claim in side]
                for claim in together[1:]:
                    self._join(self.root(together[0]), self.root(claim))
        self._reviewed = {
            self.root(claim) for one in standing if one.binds == "pinned" for side in one.sides for claim in side
        }

    def root(self, claim: str) -> str:
        """Return the claim that stands for all that it is held together with."""
        while (above := self._above.get(claim, claim)) != claim:
            claim = above
        return claim

    def roots(self, claims: Iterable[str]) -> set[str]:
        """Return what stands for those of the claims that people decided on."""
        return {self.root(claim) for claim in claims if claim in self.claims}

    def apart(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether claims of the one may not be in one incident with claims of the other."""
        others = self.roots(b)
        return bool(others) and any(
            one != other and (other in self._apart[one] or self._both_reviewed(one, other))
            for one in self.roots(a)
            for other in others
        )

    def kept_apart(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether a person said that the two are not the same, not only that each was reviewed."""
        return any(other in self._apart[one] for one, other in product(self.roots(a), self.roots(b)))

    def reviewed(self, claims: Iterable[str]) -> set[str]:
        """Return what stands for the reviewed incidents among the claims."""
        return self.roots(claims) & self._reviewed

    def join(self, a: Iterable[str], b: Iterable[str]) -> None:
        """Hold together what one account says of both; they must not be apart."""
        roots = sorted(self.roots(a) | self.roots(b))
        for other in roots[1:]:
            self._join(self.root(roots[0]), self.root(other))

    def _both_reviewed(self, a: str, b: str) -> bool:
        return a in self._reviewed and b in self._reviewed

    def _join(self, a: str, b: str) -> None:
        if a == b or b in self._apart[a]:
            return
        kept, gone = min(a, b), max(a, b)
        self._above[gone] = kept
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart[kept].add(other)
        if gone in self._reviewed:
            self._reviewed.discard(gone)
            self._reviewed.add(kept)
