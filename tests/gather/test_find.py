import gzip
import io
import json
import os
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corroborate.errors import Problem
from corroborate.gather import Item, find
from corroborate.model import Published, evidence_id

LIMIT = 10_000


def found(*paths: object, max_bytes: int = LIMIT) -> list[Item | Problem]:
    return list(find([str(path) for path in paths], max_bytes=max_bytes))


def codes(items: list[Item | Problem]) -> list[str]:
    return [item.code if isinstance(item, Problem) else item.label for item in items]


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_folder_is_walked_in_sorted_order_without_hidden_files_sidecars_and_readme(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.git/config", ".hidden", "README.md", "b.txt.meta.json", "parties.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    items = found(tmp_path)
    assert codes(items) == ["b.txt", "a/z.txt"]
    assert all(isinstance(item, Item) and item.name == str(tmp_path / item.label) for item in items)
    assert codes(found(tmp_path / "README.md")) == ["README.md"]


def test_items_are_read_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("first")
    items = find([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], max_bytes=LIMIT)
    assert isinstance(next(items), Item)
    (tmp_path / "b.txt").write_text("written after the first was taken")
    second = next(items)
    assert isinstance(second, Item)
    assert second.data == b"written after the first was taken"


def test_what_cannot_be_had_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("good")
    items = found(
        tmp_path / "missing.txt", tmp_path / "empty.txt", "a\0b", tmp_path / "good.txt" / "x", tmp_path / "good.txt"
    )
    assert codes(items) == ["E101", "E103", "E102", "E101", "good.txt"]
    assert isinstance(items[0], Problem)
    assert items[0].name == str(tmp_path / "missing.txt")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert codes(found(tmp_path / "pipe")) == ["E102"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    [problem] = found(large)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.detail) == ("E104", "200.0 MB")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        buffer = io.BytesIO(b"a report")

    monkeypatch.setattr(sys, "stdin", Stream)
    [item] = found("-")
    assert isinstance(item, Item)
    assert (item.name, item.label, item.data) == ("-", "-", b"a report")
    assert codes(found("-")) == ["E103"]
    Stream.buffer = io.BytesIO(b"x" * (LIMIT + 1))
    assert codes(found("-")) == ["E104"]


def test_a_zip_is_kept_and_its_members_follow(tmp_path: Path) -> None:
    data = packed(
        {"sub/b.txt": b"bb", "a.txt": b"aa", "a.txt.meta.json": b'{"outlet": "Herald"}', "__MACOSX/a": b"x", "e": b""}
    )
    (tmp_path / "reports.zip").write_bytes(data)
    archive, first, empty, second = found(tmp_path)
    assert isinstance(archive, Item)
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert archive.unpacked
    assert archive.data == data
    assert (first.label, first.data, first.outlet) == ("reports.zip!a.txt", b"aa", "Herald")
    assert isinstance(empty, Problem)
    assert empty.code == "E103"
    assert (second.label, second.outlet, second.unpacked) == ("reports.zip!sub/b.txt", None, False)
    assert second.within is not None
    assert (second.within.evidence, second.within.part) == (evidence_id(data), "sub/b.txt")


def test_gzip_in_zip_is_opened_and_endless_nesting_is_not(tmp_path: Path) -> None:
    inner = packed({"x.jsonl.gz": gzip.compress(b'{"text": "x"}')})
    (tmp_path / "a.zip").write_bytes(inner)
    assert codes(found(tmp_path)) == ["a.zip", "a.zip!x.jsonl.gz", "a.zip!x.jsonl.gz"]
    for _ in range(4):
        inner = packed({"z.zip": inner})
    (tmp_path / "a.zip").write_bytes(inner)
    assert codes(found(tmp_path))[-1] == "E105"


def test_bombs_are_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"\0" * 5_000_000))
    (tmp_path / "b.zip").write_bytes(packed({"x": b"\0" * 5_000_000}))
    many = {f"{i:03}": b"\0" * LIMIT for i in range(50)}
    (tmp_path / "c.zip").write_bytes(packed(many))
    assert codes(found(tmp_path / "a.gz")) == ["a.gz", "E104"]
    assert codes(found(tmp_path / "b.zip")) == ["b.zip", "E104"]
    last = codes(found(tmp_path / "c.zip"))
    assert (len(last), last[-1]) == (22, "E104")


def test_a_zip_that_lies_about_a_size_is_stopped_or_refused(tmp_path: Path) -> None:
    data = bytearray(packed({"x": b"\0" * 5_000_000}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    items = found(tmp_path)
    assert len(items) == 2
    assert isinstance(items[1], Problem)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.gz", gzip.compress(b"some text")[:-6], "E107"),
        ("a.zip", packed({"x": b"some text"})[:-20], "E107"),
        ("a.docx", packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "E105"),
    ],
)
def test_damaged_archives_and_office_files(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(found(tmp_path))[-1] == code


def test_a_locked_member_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"locked", "b.txt": b"open"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert codes(found(tmp_path)) == ["a.zip", "E110", "a.zip!b.txt"]


def test_a_sidecar_is_honoured(tmp_path: Path) -> None:
    note = {
        "url": "https://herald.example/1",
        "archive_url": None,
        "retrieved": "2024-03-14T18:30:00+00:00",
        "outlet": "Herald",
        "published": "2024-03",
        "title": "A title",
        "author": "A. Writer",
        "by_whom": "unknown names are passed over",
    }
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt.meta.json").write_text(json.dumps(note))
    [item] = found(tmp_path)
    assert isinstance(item, Item)
    assert (item.url, item.archive_url, item.outlet) == ("https://herald.example/1", None, "Herald")
    assert (item.title, item.author, item.retrieved) == (
        "A title",
        "A. Writer",
        datetime(2024, 3, 14, 18, 30, tzinfo=UTC),
    )
    assert item.published == Published(start=date(2024, 3, 1), end=date(2024, 3, 31), basis="sidecar")


@pytest.mark.parametrize(
    "note", ["{", "[]", '{"url": 3}', '{"published": "soon"}', '{"retrieved": "x"}', "[" * 100_000]
)
def test_a_damaged_sidecar_is_named_and_its_file_is_read(tmp_path: Path, note: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt.meta.json").write_text(note)
    problem, item = found(tmp_path)
    assert isinstance(problem, Problem)
    assert isinstance(item, Item)
    assert (problem.code, Path(problem.name).name, item.url) == ("E107", "a.txt.meta.json", None)


def test_a_name_that_is_no_text_can_still_be_written(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("text")
    except OSError:
        pytest.skip("the file system allows no such name")
    [item] = found(tmp_path)
    assert isinstance(item, Item)
    assert item.label.encode() == "\ufffd.txt".encode()
