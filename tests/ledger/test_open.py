import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_samples import add, document_of
from sqlalchemy import create_engine

from corroborate.errors import CorroborateError
from corroborate.ledger import Ledger, engine, migrate
from corroborate.ledger.tables import metadata


def refused(path: Path, *, create: bool = True) -> str:
    with pytest.raises(CorroborateError) as raised:
        Ledger.open(path, create=create)
    return raised.value.problem.code


def test_the_migrations_make_the_tables_of_the_code(path: Path) -> None:
    Ledger.open(path).close()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": migrate.VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
        assert migrate.version_of(connection) == migrate.HEAD
    assert ScriptDirectory(str(Path(migrate.__file__).parent / "migrations")).get_heads() == [migrate.HEAD]


def test_a_ledger_that_is_up_to_date_opens_without_alembic(path: Path) -> None:
    Ledger.open(path).close()
    code = (
        "import sys, pathlib; from corroborate.ledger import Ledger; "
        f"Ledger.open(pathlib.Path({str(path)!r})).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_ledger_of_a_later_version_is_refused(path: Path) -> None:
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'")
    assert refused(path) == "E402"


def test_what_is_no_ledger_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"these are field notes and no database at all" * 100)
    before = path.read_bytes()
    assert refused(path) == "E401"
    assert path.read_bytes() == before
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (x)")
    connection.close()
    before = path.read_bytes()
    assert refused(path) == "E401"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_nothing_is_made_where_nothing_was_asked_for(tmp_path: Path) -> None:
    assert refused(tmp_path / "none", create=False) == "E401"
    assert refused(tmp_path / "no folder" / "x") == "E401"
    assert refused(tmp_path) == "E401"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").touch()
    assert refused(tmp_path / "empty", create=False) == "E401"
    Ledger.open(tmp_path / "empty").close()


def test_a_path_with_signs_in_it(tmp_path: Path) -> None:
    path = tmp_path / "100% ?x=1#é.ledger"
    with Ledger.open(path) as ledger:
        add(ledger, document_of(1))
    assert path.is_file()


def test_a_second_writer_gets_a_coded_error_and_a_reader_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.2)
    with Ledger.open(path) as ledger, Ledger.open(path) as second, Ledger.open(path) as third:
        add(ledger, document_of(1))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE documents SET outlet = 'x'")
        begun = time.monotonic()
        with pytest.raises(CorroborateError) as raised:
            add(ledger, document_of(2))
        assert raised.value.problem.code == "E406"
        assert time.monotonic() - begun < 5
        readers = [second.documents(), third.documents()]
        assert [next(reader) for reader in readers] == [document_of(1)] * 2
        assert not add(second, document_of(1))  # known already: no lock is asked for
        assert refused_write_then_free(ledger, other)


def refused_write_then_free(ledger: Ledger, other: sqlite3.Connection) -> bool:
    other.execute("ROLLBACK")
    other.close()
    return add(ledger, document_of(2))


def test_two_writers_take_turns(path: Path) -> None:
    Ledger.open(path).close()
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with Ledger.open(path) as ledger:
                for number in range(first, first + 15):
                    add(ledger, document_of(number))
        except BaseException as error:  # noqa: BLE001 - reported by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 8)]  # some documents are of both
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    with Ledger.open(path) as ledger:
        assert len(list(ledger.documents())) == 23
        assert len(list(ledger.journal())) == 23
        assert list(ledger.verify()) == []
