"""Bring a ledger's tables to this version, or say why that cannot be."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from corroborate.errors import CorroborateError
from corroborate.ledger.engine import coded, reading, use_write_ahead_log, writing

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"  # the newest file of migrations/versions; held by a test, so that opening need not import Alembic
VERSION_TABLE = "corroborate_version"
_MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine, path: Path, *, create: bool) -> None:
    """Create or upgrade the tables in one transaction.

    Raises CorroborateError: E401 where the file is no ledger (and is left as it is) or is empty and `create` is false,
    E402 where a later version wrote it, E406 where another process holds it.
    """
    with reading(engine, path) as connection:
        version, is_empty = version_of(connection), not inspect(connection).get_table_names()
    if version is None and not is_empty:
        raise CorroborateError("E401", str(path), "it is a database, but not a ledger")
    if version is None and not create:
        raise CorroborateError("E401", str(path), "there is no ledger in it")
    if version is not None and version != HEAD:
        _refuse_unknown(version, path)
    with coded(path):
        use_write_ahead_log(engine)
    if version != HEAD:
        with writing(engine, path) as connection:
            upgrade(connection)


def version_of(connection: Connection) -> str | None:
    """Return the version of the ledger's tables, null where the file has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return version


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, within the connection's transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_unknown(version: str, path: Path) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if version not in known:
        raise CorroborateError("E402", str(path), f"its tables are of version {version}, known up to {HEAD}")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))  # % is the file format's own sign
    config.set_main_option("path_separator", "os")
    return config
