"""The evidence store: bytes as they came, each in a file named by its SHA-256, in a folder beside the ledger."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from corroborate.errors import CorroborateError
from corroborate.model import evidence_id

_ID = re.compile(r"sha256:([0-9a-f]{64})")
_FOLDER, _FILE = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}")
_UNFINISHED = "unfinished"
# A temporary file older than this was left by a process that died: the largest item that is read by default (50 MB)
# is written in well under a minute, and a file that another process is writing now must not be taken from it.
_LEFT_BEHIND_SECONDS = 3600.0


class EvidenceStore:
    """The folder; made with the first thing that is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._on_disk: set[Path] = set()  # folders whose own name this process has put on the disk

    def keep(self, data: bytes) -> str:
        """Keep the bytes and return their id; nothing is written where they are there already, whole.

        They are on the disk, under their own name and read back once, when this returns; a process that dies midway
        leaves a temporary file and nothing else. Raises CorroborateError E502 where the disk does not take them.
        """
        identity = evidence_id(data)
        path = self._path(identity)
        try:
            if not (path.is_file() and path.read_bytes() == data):
                self._write(path, data, identity)
        except OSError as error:
            raise CorroborateError("E502", str(path), error.strerror or str(error)) from error
        return identity

    def get(self, identity: str) -> bytes:
        """Return the bytes of an id. Raises CorroborateError E403 (not kept), E404 (changed), E102 (not readable)."""
        path = self._path(identity)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise CorroborateError("E403", identity, identity) from error
        except OSError as error:
            raise CorroborateError("E102", str(path), error.strerror or str(error)) from error
        if evidence_id(data) != identity:
            raise CorroborateError("E404", identity, str(path))
        return data

    def has(self, identity: str) -> bool:
        """Say whether there is a file for this id (without reading it)."""
        return bool(_ID.fullmatch(identity)) and self._path(identity).is_file()

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield the id and path of all that is kept, by id; anything else in the folder is not ours."""
        if not self.folder.is_dir():
            return
        for folder in sorted(self.folder.iterdir()):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir():
                for path in sorted(folder.iterdir()):
                    if _FILE.fullmatch(path.name):
                        yield f"sha256:{folder.name}{path.name}", path

    def is_whole(self, identity: str, path: Path) -> bool:
        """Say whether a file still has the hash that is its name, reading it block by block; raise OSError."""
        with path.open("rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest() == identity

    def clean(self) -> None:
        """Remove temporary files that a process which died left behind."""
        folder = self.folder / _UNFINISHED
        oldest = time.time() - _LEFT_BEHIND_SECONDS
        for path in folder.iterdir() if folder.is_dir() else ():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except OSError:
                continue  # another process was quicker, or it is not ours to remove: it does no harm

    def _path(self, identity: str) -> Path:
        match = _ID.fullmatch(identity)
        if match is None:
            raise CorroborateError("E403", identity, f"{identity} is not of the form sha256:...")
        return self.folder / match[1][:2] / match[1][2:]

    def _write(self, path: Path, data: bytes, identity: str) -> None:
        unfinished = self.folder / _UNFINISHED
        unfinished.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        temporary = unfinished / secrets.token_hex(16)
        try:
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if not self.is_whole(identity, temporary):
                raise OSError(f"what was written is not what was given ({identity})")
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        for folder in (path.parent, self.folder):
            if folder not in self._on_disk:
                _sync_folder(folder.parent)
                self._on_disk.add(folder)


def _sync_folder(folder: Path) -> None:
    """Put a folder's new names on the disk; systems that cannot open a folder (Windows) do that themselves."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
