"""The connection to a ledger's file: how transactions begin, and database errors as coded messages."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError

from corroborate.errors import CorroborateError

PAGE = 500  # rows that are fetched at a time by everything that streams
# How long a writer waits for another. A document of 30 claims is kept in 6 ms, and 10,000 incidents with 30,000 links
# are set in 2 to 3 s (measured on two busy cores): two batches take turns, and nobody thinks that it hangs.
WAIT_SECONDS = 3.0
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_NOT_WRITTEN = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}


def connect(path: Path) -> Engine:
    """Return an engine for the file, not opened yet; readers see one state from their first row to their last."""
    engine = create_engine(URL.create("sqlite", database=str(path)), max_overflow=-1)

    @event.listens_for(engine, "connect")
    def _set(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT_SECONDS * 1000)}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that first reads would fail midway if another wrote in between.
        options = connection.get_execution_options()
        if options.get("writes", False):
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options['lasting'] else 'NORMAL'}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while one writes. The mode stays with the file, so ask only for a file that is a ledger."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a connection that sees one state of the ledger."""
    with coded(path), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, path: Path, *, lasting: bool = False) -> Iterator[Connection]:
    """Give a connection that holds the write lock; all is kept at the end, nothing where an exception passes.

    What is kept outlives the process, however it ends. A power cut can take the last of it, whole transactions at a
    time, unless it is `lasting`: what was read can be read again, what a person decided cannot.
    """
    with coded(path), engine.connect() as connection:
        connection.execution_options(writes=True, lasting=lasting)
        with connection.begin():
            yield connection


@contextmanager
def coded(path: Path) -> Iterator[None]:
    """Turn what the database says of its file into E406 (busy), E502 (not written) or E401; a bug stays as it is."""
    try:
        yield
    except (IntegrityError, InterfaceError, ProgrammingError):
        raise
    except (DBAPIError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        kind = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
        code = "E406" if kind in _BUSY else "E502" if kind in _NOT_WRITTEN else "E401"
        raise CorroborateError(code, str(path), str(cause)) from error
