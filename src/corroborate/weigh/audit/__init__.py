"""Audit of one document: where it says more than it shows. Each finding is a sentence with its words, no verdict."""

from collections.abc import Sequence

from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Document, Finding
from corroborate.weigh.audit.characterisations import characterisations
from corroborate.weigh.audit.figures import figures
from corroborate.weigh.audit.hypothetical import hypotheticals
from corroborate.weigh.audit.sides import one_sided
from corroborate.weigh.audit.text import Audited
from corroborate.weigh.audit.unsourced import anonymous, own_voice, unlinked

__all__ = ["audit"]


def audit(document: Document, claims: Sequence[Claim], *, parties: Parties | None = None) -> tuple[Finding, ...]:
    """Return what an audit finds in a document as read, in the order of its text.

    `claims` are the document's claims, `parties` is the register (the package's own where none is given).
    """
    own = tuple(sorted((c for c in claims if c.document == document.id), key=lambda claim: (claim.start, claim.id)))
    audited = Audited(document=document, claims=own, parties=parties or Parties.load())
    found = [
        *own_voice(audited),
        *one_sided(audited),
        *hypotheticals(audited),
        *figures(audited),
        *unlinked(audited),
        *characterisations(audited),
        *anonymous(audited),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.spans[0].start, finding.kind, finding.sentence)))
