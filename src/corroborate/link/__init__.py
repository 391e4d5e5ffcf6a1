"""Claims to incidents: the same text first, then what each document says of each event, then across documents."""

from collections.abc import Sequence

from corroborate.link.linking import Linked, Linking
from corroborate.model import Claim, Document, Ruling

__all__ = ["Linked", "Linking", "link"]


def link(documents: Sequence[Document], claims: Sequence[Claim], rulings: Sequence[Ruling] = ()) -> Linked:
    """Return the links between claims, the clusters of claims of one event, and the texts that documents share.

    The order of documents and claims changes nothing. A claim that speaks of no act and of nobody harmed is in no
    cluster, nor is one that nothing (place, time, figure) ties to an event, nor what is only forecast or supposed,
    unless a person decided on it. `rulings` bind: what people hold together is in one cluster, what they hold apart
    never, and two incidents that they reviewed are not joined but proposed.
    Links between clusters show where a total's figure stands elsewhere with another area or period; their weight is
    below the threshold of merging. Raises CorroborateError E301 where the probabilistic model cannot be run.
    """
    linking = Linking()
    linking.add(documents, claims)
    return linking.linked(rulings)
