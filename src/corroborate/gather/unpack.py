"""Unpacking zip and gzip, bounded: an archive is a file from a stranger."""

import dataclasses
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from corroborate.errors import Problem
from corroborate.gather.item import Item, printable
from corroborate.gather.sidecar import SUFFIX, with_sidecar
from corroborate.model import Within, evidence_id

# An archive in an archive in an archive is as deep as real exports go (a zip of gzipped JSON Lines is two deep).
_DEEPEST = 3
# Text packs 2 to 17.5 times (36 public sets of this field, measured); 20 times the limit in all leaves room for a full
# archive of it and ends a bomb whose members are each small enough.
_TOTAL = 20
_PACKING = (EOFError, zlib.error, lzma.LZMAError)
_OFFICE = {"[Content_Types].xml": "an Office document", "mimetype": "an OpenDocument or EPUB file"}


def unpack(item: Item, max_bytes: int, depth: int = 0) -> Iterator[Item | Problem]:
    """Yield the item, and after it, if it is a zip or gzip file, its members as items; Problems for what is not read.

    A member is named "archive!member" (what a gzip file holds keeps the name); `within` points to the archive.
    """
    if item.data[:2] == b"\x1f\x8b":
        members = _gzip(item, max_bytes)
    elif item.data[:4] == b"PK\x03\x04" or item.data[:4] == b"PK\x05\x06":
        members = _zip(item, max_bytes)
    else:
        yield item
        return
    if depth == _DEEPEST:
        yield Problem(code="E105", name=item.name, detail=f"an archive {_DEEPEST + 1} deep")
        return
    yield dataclasses.replace(item, unpacked=True)
    for member in members:
        if isinstance(member, Problem):
            yield member
        else:
            yield from unpack(member, max_bytes, depth + 1)


def _gzip(item: Item, max_bytes: int) -> Iterator[Item | Problem]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(item.data)) as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, *_PACKING) as error:
        yield Problem(code="E107", name=item.name, detail=str(error))
        return
    part = item.label.rsplit("/", 1)[-1].removesuffix(".gz")
    yield _member(item, item.name, item.label, part, data, max_bytes)


def _zip(item: Item, max_bytes: int) -> Iterator[Item | Problem]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(item.data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Problem(code="E107", name=item.name, detail=str(error))
        return
    # Of what is noted on a zip only these can hold for every member; a gzip file is its one member.
    item = dataclasses.replace(item, url=None, archive_url=None, published=None, title=None, author=None)
    with archive:
        names = {info.filename for info in archive.infolist()}
        for name, what in _OFFICE.items():
            if name in names:
                yield Problem(code="E105", name=item.name, detail=what)
                return
        yield from _members(item, archive, names, max_bytes)


def _members(item: Item, archive: zipfile.ZipFile, names: set[str], max_bytes: int) -> Iterator[Item | Problem]:
    left = _TOTAL * max_bytes
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if info.is_dir() or _passed_over(info.filename):
            continue
        if left <= 0:
            detail = f"over {_TOTAL} times the limit unpacked"
            yield Problem(code="E104", name=item.name, detail=detail)
            return
        member = _zip_member(item, archive, info, max_bytes)
        left -= len(member.data) if isinstance(member, Item) else min(info.file_size, max_bytes)
        if isinstance(member, Item) and info.filename + SUFFIX in names:
            note = _zip_member(item, archive, archive.getinfo(info.filename + SUFFIX), max_bytes)
            described = with_sidecar(member, note.data, note.name) if isinstance(note, Item) else note
            if isinstance(described, Problem):
                yield described
            else:
                member = described
        yield member


def _zip_member(item: Item, archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> Item | Problem:
    name = f"{item.name}!{info.filename}"
    if info.flag_bits & 1:
        return Problem(code="E110", name=name)
    if info.file_size > max_bytes:
        return Problem(code="E104", name=name, detail=f"{info.file_size:,} bytes unpacked")
    try:
        with archive.open(info) as stream:
            data = stream.read(max_bytes + 1)  # what the archive says of its size can be false
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, *_PACKING) as error:
        return Problem(code="E107", name=name, detail=str(error))
    return _member(item, name, f"{item.label}!{info.filename}", info.filename, data, max_bytes)


def _member(item: Item, name: str, label: str, part: str, data: bytes, max_bytes: int) -> Item | Problem:
    if not data:
        return Problem(code="E103", name=name)
    if len(data) > max_bytes:
        return Problem(code="E104", name=name, detail=f"over {max_bytes:,} bytes unpacked")
    within = Within(evidence=evidence_id(item.data), part=printable(part))
    return dataclasses.replace(item, name=printable(name), label=printable(label), data=data, within=within)


def _passed_over(name: str) -> bool:
    parts = name.split("/")
    return any(part.startswith(".") or part == "__MACOSX" for part in parts) or name.endswith(SUFFIX)
