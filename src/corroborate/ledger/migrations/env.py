"""What Alembic runs: the steps, on the connection and in the transaction that it is given."""

from alembic import context

from corroborate.ledger.migrate import VERSION_TABLE
from corroborate.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
