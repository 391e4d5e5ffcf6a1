"""The clusters and links that the groups of accounts make, kept in order: only what changed is made anew."""

from collections.abc import Iterable
from dataclasses import replace

from corroborate.link.explain import link_of
from corroborate.link.grouping import Changes
from corroborate.link.rules import linking_rules
from corroborate.link.store import Accounts
from corroborate.link.totals import Containing, Members, Travelled
from corroborate.model import Cluster, Link

_LATE = 10**7


class Clusters:
    """Clusters and links of all groups."""

    def __init__(self) -> None:
        self._containing = Containing()
        self._travelled = Travelled()
        # By the first of a group's accounts, in order.
        self._groups: list[tuple[tuple[str, ...], Members]] = []
        self._clusters: dict[Members, Cluster] = {}
        self._links: list[Link] = []
        # What links the accounts of a group's claims; what links pairs of rows of two groups, and why.
        self._inner: dict[Members, list[Link]] = {}
        self._across: dict[tuple[int, int, str], Link] = {}
        self._proposals: list[Link] = []

    def change(self, accounts: Accounts, changes: Changes) -> None:
        """Take groups out and put others in."""
        out = {group.rows for group in changes.gone if group.stands}
        into = {group.rows for group in changes.come if group.stands}
        left, fresh = out - into, sorted(into - out)
        self._containing.change(accounts.readings, left, fresh)
        self._travelled.change(accounts.readings, left, fresh)
        lost = [link for group in changes.gone for link in group.links]
        found = [link for group in changes.come for link in group.links]
        for group in left:
            del self._clusters[group]
            lost += self._inner.pop(group, [])
        for group in fresh:
            self._clusters[group] = _cluster(accounts, group)
            inner = [link for row in group for link in accounts.links.get(row, ())]
            if inner:
                self._inner[group] = inner
                found += inner
        self._groups = [one for one in self._groups if one[1] not in left]
        self._groups += [(min(accounts.readings[row].claims for row in group), group) for group in fresh]
        self._groups.sort()
        before, self._across = self._across, {}
        for one, other, reason in self._travelled.pairs():
            at = one, other, reason
            self._across[at] = before.get(at) or _across(accounts, *at)
        lost += [link for at, link in before.items() if at not in self._across]
        found += [link for at, link in self._across.items() if at not in before]
        self._links = _sorted(self._links, lost, found)
        self._proposals = _sorted([], [], changes.proposals)

    def links(self) -> tuple[Link, ...]:
        """Return all links, in the order of their claims."""
        return tuple(self._links)

    def proposals(self) -> tuple[Link, ...]:
        """Return the links that would join two incidents that people reviewed, in the order of their claims."""
        return tuple(self._proposals)

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all clusters, in the order of their first claims."""
        place = {group: number for number, (_, group) in enumerate(self._groups)}
        found = []
        for _, group in self._groups:
            inner = self._containing.of(group)
            one = self._clusters[group]
            found.append(replace(one, contains=tuple(sorted(place[other] for other in inner))) if inner else one)
        return tuple(found)


def _cluster(accounts: Accounts, group: Members) -> Cluster:
    own = [accounts.readings[row] for row in group]
    return Cluster(
        claims=tuple(sorted(claim for reading in own for claim in reading.claims)),
        aggregate=own[0].total,
        contains=(),
        founder=min((one.published or _LATE, min(one.claims)) for one in own)[1],
    )


def _across(accounts: Accounts, one: int, other: int, reason: str) -> Link:
    """Return the link between two clusters, below the threshold: what forbids their merging is no weight."""
    held = "held apart: totals of different areas or periods"
    return link_of(accounts.readings[one], accounts.readings[other], linking_rules().unscored, (reason, held))


def _sorted(links: list[Link], lost: Iterable[Link], found: Iterable[Link]) -> list[Link]:
    """Return links without those that are lost and with those that are found, in the order of their claims."""
    out = {id(link) for link in lost}
    result = [link for link in links if id(link) not in out] if out else links
    return sorted([*result, *found], key=lambda link: (link.a, link.b))
