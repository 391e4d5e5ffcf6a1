"""The tables. Each record is kept whole, as the line of JSON that the contract gives it, beside the columns that
queries need; nothing here is particular to SQLite, so that the same tables serve on PostgreSQL.

A change here needs a migration in `migrations/versions`; a test holds the two together.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("position", Integer, primary_key=True),  # the order of arrival; a document that is read again keeps its own
    Column("id", Text, nullable=False, unique=True),
    Column("evidence", Text, nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("outlet", Text, index=True),
    Column("language", Text),
    Column("published_start", Date, index=True),
    Column("record", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("position", Integer, nullable=False),  # among the claims of its document, from 0
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("voice", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("event_type", Text, index=True),
    Column("record", Text, nullable=False),
    UniqueConstraint("document", "position"),
)

# What went wrong: with a document that was kept all the same, or (document null) with an item that gave none.
problems = Table(
    "problems",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("document", Text, ForeignKey("documents.id"), index=True),
    Column("evidence", Text, index=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("a", Text, nullable=False, index=True),
    Column("b", Text, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),  # by id
    Column("type", Text, index=True),
    Column("aggregate", Boolean, nullable=False),
    Column("when_start", Date, index=True),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("grade", Text),
    Column("record", Text, nullable=False),
)

# `claim` is no foreign key: when a document is read again, its incidents stand until they are set anew.
incident_claims = Table(
    "incident_claims",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim", Text, nullable=False, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("what", Text, nullable=False),
    Column("supersedes", Text, ForeignKey("decisions.id"), index=True),
    Column("record", Text, nullable=False),
)

# The claims and incidents that a decision is on, as they stood when it was taken: what it is anchored by again when
# its document has been read anew and the ids have changed.
decision_subjects = Table(
    "decision_subjects",
    metadata,
    Column("decision", Text, ForeignKey("decisions.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "what", "about"),
)
