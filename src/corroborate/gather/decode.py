"""Bytes to text: what is declared is believed, UTF-8 is recognised, the rest is guessed and said to be."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the web and its exports are written in (the WHATWG list, without those that hardly differ from another).
_CANDIDATES = [
    "cp1252", "cp1256", "cp1251", "cp1254", "cp1250", "cp1253", "cp1255", "koi8_r", "iso8859_6",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "utf_16_le", "utf_16_be",
]  # fmt: skip
# charset-normalizer gives Western texts as cp1250, by the alphabet, with full confidence (7 of 7 tried, 3 of them with
# wrong letters). Of their bytes 0.7 to 4.1 percent were over 127, of Polish and Czech 6.5 and 12.7 percent.
_WESTERN = 0.05
# Control characters that text does not hold. Random and packed bytes have 9 percent of them.
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_BINARY = 0.01
# What is called Latin-1 is, on the web, windows-1252 (WHATWG Encoding Standard, section 4.2).
_LATIN = {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "iso8859-1"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:-]{2,40})""", re.IGNORECASE)
# A page declares its encoding within its first 1024 bytes (HTML standard); saved pages put comments before it.
_DECLARED_WITHIN = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text as decoded, the encoding that gives its bytes back, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool = False


def declared_in(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares of itself."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    return match[1].decode("ascii", "replace").lower() if match else None


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """Return the text of the bytes; None where they are no text in any encoding that is known.

    A byte order mark is taken off. `guessed` is true whenever neither a mark nor UTF-8 itself nor `declared` says what
    the encoding is: the library's confidence does not tell its right guesses from its wrong ones.
    """
    decoded = _marked(data) or _wide(data) or _utf8(data) or _as_declared(data, declared) or _guessed(data)
    return None if decoded is None or "\0" in decoded.text else decoded


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(text=data[len(mark) :].decode(encoding, "replace"), encoding=encoding)
    return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: Western text has a zero in every second byte."""
    sample = data[:4096]
    for encoding, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros and zeros.count(0) > len(zeros) / 2 and not others.count(0):
            return Decoded(text=data.decode(encoding, "replace"), encoding=encoding, guessed=True)
    return None


def _utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if not wrong:
        return None if _is_binary(data) else Decoded(text=text, encoding="utf-8")
    # A file that was cut or damaged in places is still UTF-8; bytes of another encoding are hardly ever valid in it.
    right = sum(c > "\x7f" for c in text) - wrong
    return Decoded(text=text, encoding="utf-8", guessed=True) if right > wrong and not _is_binary(data) else None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None or _is_binary(data):
        return None
    try:
        encoding = codecs.lookup("cp1252" if declared in _LATIN else declared).name
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guessed(data: bytes) -> Decoded | None:
    if _is_binary(data):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    over = sum(c > 127 for c in data) / len(data)
    if best is None or (best.encoding == "cp1250" and over < _WESTERN):
        return Decoded(text=data.decode("cp1252", "replace"), encoding="cp1252", guessed=True)
    return Decoded(text=data.decode(best.encoding, "replace"), encoding=best.encoding, guessed=True)


def _is_binary(data: bytes) -> bool:
    sample = data[:100_000]
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * _BINARY
