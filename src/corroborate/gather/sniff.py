"""What kind of thing some bytes are, by their content; a file's name only tips the scales."""

import json
import re
from typing import Literal

Kind = Literal["pdf", "html", "json", "table", "text"]

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF sound, film or picture"),
    (b"\x00\x00\x01\xba", "an MPEG film"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"{\\rtf", "an RTF document"),
    (b"WARC/1.", "a WARC web archive"),
)
_TEXTUAL = (
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL), "an RSS or Atom feed"),
    (re.compile(r"(?:[\w-]+: .*\n)*(?:MIME-Version|Content-Type): ", re.IGNORECASE), "an e-mail or MHTML page"),
)
_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:p|div|h[1-6]|span|br|a|blockquote|li|ul)\b[^>]*>", re.IGNORECASE)
_HEAD = 4096


def refused(data: bytes) -> str | None:
    """Return in words what the bytes are where that is a known format that is not read here."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data[4:8] == b"ftyp":
        return "an MP4 film or HEIC picture"
    return "a tar archive" if data[257:262] == b"ustar" else None


def is_pdf(data: bytes) -> bool:
    """Say whether the bytes are a PDF: its mark stands within the first 1024 bytes (PDF 1.7, note 13)."""
    return b"%PDF-" in data[:1024]


def refused_text(text: str) -> str | None:
    """Return in words what a text is where that is a known format that is not read here."""
    return next((what for pattern, what in _TEXTUAL if pattern.match(text[:_HEAD])), None)


def kind_of(text: str, name: str) -> Kind:
    """Return the format of a decoded text; `name` decides only where the content allows for several."""
    head = text[:_HEAD].lstrip()
    ending = name.rsplit(".", 1)[-1].lower()
    if head[:1] in ("{", "["):
        if ending in ("json", "jsonl", "ndjson") or _begins_json(text):
            return "json"
    elif head.startswith("<") and (_HTML.search(head) or _TAGS.search(head)):
        return "html"
    elif ending in ("csv", "tsv"):
        return "table"
    elif ending in ("jsonl", "ndjson"):
        return "json"
    if _HTML.search(head) and len(_TAGS.findall(head)) > 2:
        return "html"
    return "html" if ending in ("html", "htm", "xhtml") and _TAGS.search(text) else "text"


def _begins_json(text: str) -> bool:
    """Say whether the first line is a JSON object, or the text one value (a post that begins with "[" is not)."""
    first = text.lstrip().split("\n", 1)[0]
    for candidate in (first, text):
        try:
            return isinstance(json.loads(candidate), (dict, list))
        except (ValueError, RecursionError):
            continue
    return False
