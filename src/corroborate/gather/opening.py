"""Opening an item: its format is told from its bytes, and each text in it becomes a document."""

from collections.abc import Iterator
from dataclasses import replace

from corroborate.errors import Problem
from corroborate.gather.dates import order_of
from corroborate.gather.decode import Decoded, declared_in, decode
from corroborate.gather.html import read_html
from corroborate.gather.item import Draft, Item, Opened
from corroborate.gather.language import language_of
from corroborate.gather.pdf import read_pdf
from corroborate.gather.plain import read_plain
from corroborate.gather.record import KNOWN, TEXT, date_of, id_of, read_record
from corroborate.gather.rows import Row, header_of, json_rows, table_rows
from corroborate.gather.sniff import is_pdf, kind_of, refused, refused_text
from corroborate.model import Document, Within, document_id, evidence_id

# The languages that the reader knows; a text in another is kept and left unread.
_READ = (None, "en")


def open_item(item: Item) -> Iterator[Opened | Problem]:
    """Yield the documents of an item, each with its own bytes, and Problems and notices that name the item.

    Documents come without sentences, and with those segments that the format itself tells. Of a file of many records
    each is a document: its bytes are its line's (or row's) own, and `within` points to the file and the line. An
    archive (`unpacked`) gives nothing: its members are items.
    """
    if item.unpacked:
        return
    what = refused(item.data)
    if what:
        yield Problem(code="E105", name=item.name, detail=what)
    elif is_pdf(item.data):
        yield from _single(item, read_pdf(item))
    else:
        yield from _text(item)


def _text(item: Item) -> Iterator[Opened | Problem]:
    decoded = decode(item.data, declared_in(item.data))
    what = "binary data" if decoded is None else refused_text(decoded.text)
    if decoded is None or what:
        yield Problem(code="E105", name=item.name, detail=what or "")
        return
    if decoded.guessed:
        yield Problem(code="N152", name=item.name, detail=decoded.encoding)
    kind = kind_of(decoded.text, item.label.removesuffix(".gz"))
    columns = header_of(decoded.text) if kind in ("table", "text") else set()
    has_text = bool(columns & set(TEXT))
    if kind == "table" and not has_text:
        yield Problem(code="E105", name=item.name, detail="a table without a column of text")
        return
    if kind == "html":
        yield from _single(item, read_html(decoded) or Problem(code="E108", name=item.name))
    elif kind == "json":
        yield from _records(item, decoded, json_rows(decoded.text), "application/x-ndjson")
    elif kind == "table" or (has_text and len(columns & KNOWN) > 1):
        yield from _records(item, decoded, table_rows(decoded.text), "text/csv")
    else:
        yield from _single(item, read_plain(decoded) or Problem(code="E108", name=item.name))


def _single(item: Item, draft: Draft | Problem) -> Iterator[Opened | Problem]:
    if isinstance(draft, Problem):
        yield draft
        return
    yield from draft.problems_of(item.name)
    yield from _opened(item, draft, item.data, item.label, item.label, item.within)


def _records(item: Item, decoded: Decoded, rows: Iterator[Row], media_type: str) -> Iterator[Opened | Problem]:
    # An export of 50 MB is a few hundred thousand small rows at most; all are held, because the order of day and month
    # can only be told from all dates.
    kept = list(rows)
    order = order_of(date_of(row.fields) for row in kept if row.fields is not None)
    file = evidence_id(item.data)
    # What is noted on a file of many records is not the title or address of each.
    whole = replace(item, title=None, url=None, archive_url=None)
    for row in kept:
        if row.fields is None:
            yield Problem(code="E109", name=item.name, detail=f"{row.line} {row.error}")
            continue
        draft = read_record(row.fields, media_type, order)
        if draft is None:
            yield Problem(code="N153", name=item.name, detail=str(row.line))
            continue
        within = Within(evidence=file, part=f"line {row.line}")
        key = id_of(row.fields) or item.label
        data = row.raw.encode(decoded.encoding, "replace")
        yield from _opened(whole, draft, data, f"{item.label}:{row.line}", key, within)


def _opened(
    item: Item, draft: Draft, data: bytes, name: str, key: str, within: Within | None
) -> Iterator[Opened | Problem]:
    """Yield the document, and a notice where its language is not read. What a person noted goes before the format.

    `key` stands for where it was got if no address does: with the outlet, if that is known.
    """
    evidence, language = evidence_id(data), language_of(draft.text)
    url, outlet = item.url or draft.url, item.outlet or draft.outlet
    document = Document(
        id=document_id(evidence, url or (f"{outlet} {key}" if outlet else key)),
        evidence=evidence,
        within=within,
        url=url,
        archive_url=item.archive_url or draft.archive_url,
        retrieved=item.retrieved,
        name=name,
        media_type=draft.media_type,
        outlet=outlet,
        title=item.title or draft.title,
        author=item.author or draft.author,
        language=language,
        text=draft.text,
        published=item.published or draft.published,
        sentences=(),
        segments=draft.segments,
    )
    if language not in _READ:
        yield Problem(code="N151", name=name, detail=str(language))
    yield Opened(document=document, data=data)
