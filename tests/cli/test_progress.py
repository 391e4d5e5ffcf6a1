import io

import pytest

from corroborate.cli.progress import Bars
from corroborate.errors import Problem

FAILED = Problem(code="E103", name="empty.txt")
NOTICE = Problem(code="N152", name="old.txt", detail="cp1251")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    with Bars() as bars:
        bars.stage("read", 3)
        bars.advance(2)
        bars.note(FAILED)
        failures = bars.settle((FAILED, NOTICE))
    return stderr.getvalue(), failures


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    text, _ = drawn(Terminal(), monkeypatch)
    assert "read" in text
    assert "2/3" in text


def test_anything_else_gets_the_messages_alone_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text, failures = drawn(io.StringIO(), monkeypatch)
    assert [line.split()[0] for line in text.splitlines()] == ["E103", "N152"]
    assert failures == 1
