"""How the ledger's tables came to be what they are, one step a file; run by Alembic from `ledger.migrate`."""
