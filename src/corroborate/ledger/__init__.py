"""What is kept: documents and claims as they were read, incidents, decisions, the evidence and a journal of it all."""

from corroborate.ledger.deciding import decide
from corroborate.ledger.journal import Entry
from corroborate.ledger.rulings import rejected
from corroborate.ledger.store import Ledger

__all__ = ["Entry", "Ledger", "decide", "rejected"]
