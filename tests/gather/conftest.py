"""Small inputs made here: a PDF with text, without text, or locked, written by hand after the PDF 1.7 reference."""

import hashlib
from collections.abc import Callable, Sequence

import pytest

Line = tuple[float, float, float, str]  # x, y, size, text
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    return write_pdf


def write_pdf(pages: Sequence[Sequence[Line]], info: dict[str, str] | None = None, password: str = "") -> bytes:
    """Return a PDF of the lines of each page in Helvetica; with a password it is locked (RC4, 40 bits)."""
    fonts = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        fonts.encode(),
    ]
    lock = _Lock(password) if password else None
    for i, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escape(text)}) Tj ET" for x, y, size, text in lines)
        data = shown.encode("cp1252")
        if lock:
            data = lock.encrypt(data, 5 + 2 * i)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if info:
        entries = " ".join(f"/{key} ({_escape(value)})" for key, value in info.items())
        objects.append(f"<< {entries} >>".encode("cp1252"))
        trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R"
    if lock:
        objects.append(lock.dictionary)
        trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Encrypt {len(objects)} 0 R /ID [<{lock.id.hex()}> <00>]"
    return _assemble(objects, trailer)


def _assemble(objects: Sequence[bytes], trailer: str) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


class _Lock:
    """The standard security handler, revision 2 (PDF 1.7 reference, section 7.6.3), with one password."""

    def __init__(self, password: str) -> None:
        padded = (password.encode() + _PADDING)[:32]
        self.id = b"0123456789abcdef"
        owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
        self._key = hashlib.md5(padded + owner + b"\xfc\xff\xff\xff" + self.id).digest()[:5]
        user = _rc4(self._key, _PADDING)
        entries = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >>"
        self.dictionary = entries.encode()

    def encrypt(self, data: bytes, number: int) -> bytes:
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, data)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
