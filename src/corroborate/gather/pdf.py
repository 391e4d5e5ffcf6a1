"""PDF: the text of its pages as paragraphs, without running heads; its own title, author and day where it has them."""

import re
from collections.abc import Iterator
from typing import Any

from corroborate.errors import Problem
from corroborate.gather.dates import published
from corroborate.gather.item import Draft, Item, Paragraphs, printable
from corroborate.gather.pdf_layout import Line, dehyphenated, paragraphs_of, without_running_heads
from corroborate.model import Published, Segment

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
# Titles that a program put there, not a writer: file names and "Microsoft Word - ...".
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|microsoft \w+ - .*|.*\.(?:docx?|pdf|indd|qxd|odt|html?|tmp|rtf))$", re.I
)
# Programs that print a web page or take in a scan: then the file's day is not that of the text.
_PRINTED = re.compile(r"skia/pdf|chrom|mozilla|firefox|wkhtmltopdf|webkit|quartz|scan|camera|print to pdf|cairo", re.I)


def read_pdf(item: Item) -> Draft | Problem:
    """Return the draft of a PDF, or E106 (locked), E107 (damaged), E108 (no text: a scan)."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(item.data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        return Problem(code="E106" if locked else "E107", name=item.name, detail="" if locked else str(error))
    with pdf:
        said = {key: printable(value).strip() for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
        pages, problems = _pages(pdf, pypdfium2.PdfiumError)
    paragraphs = Paragraphs()
    for text in dehyphenated(paragraphs_of(without_running_heads(pages))):
        paragraphs.add(printable(text))
    if not paragraphs.text:
        return Problem(code="E107" if problems else "E108", name=item.name, detail="no page could be read")
    title = said.get("Title") if not _NO_TITLE.match(said.get("Title", "untitled")) else None
    return Draft(
        text=paragraphs.text,
        media_type="application/pdf",
        segments=tuple(_heading(paragraphs.text, title)),
        title=title,
        author=said.get("Author"),
        published=_created(said),
        problems=tuple(problems),
    )


def _created(said: dict[str, str]) -> Published | None:
    created = _CREATED.match(said.get("CreationDate", ""))
    if not created or _PRINTED.search(said.get("Creator", "") + " " + said.get("Producer", "")):
        return None
    return published("-".join(created.groups()), "the PDF's day of creation")


def _heading(text: str, title: str | None) -> Iterator[Segment]:
    """The title as a segment, where the text's first paragraph is that title."""
    first = text.split("\n\n", 1)[0]
    if title and "".join(first.split()).casefold() == "".join(title.split()).casefold():
        yield Segment(start=0, end=len(first), text=first, kind="heading")


def _pages(pdf: Any, failure: type[Exception]) -> tuple[list[list[Line]], list[tuple[str, str]]]:
    pages, problems = [], []
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            pages.append(_lines(page.get_textpage()))
            page.close()
        except failure as error:
            problems.append(("E107", f"page {number + 1}: {error}"))
    return pages, problems


def _lines(page: Any) -> list[Line]:
    text = page.get_text_range()
    # Characters outside the basic plane make offsets and boxes disagree: then lines have no place.
    placed = len(text) == page.count_chars()
    lines, at = [], 0
    for raw in text.split("\r\n"):
        content = raw.strip()
        if content:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(_line(page, content, start if placed else None))
        at += len(raw) + 2
    return lines


def _line(page: Any, text: str, start: int | None) -> Line:
    if start is None:
        return Line(text=text)
    # A bullet or a note's mark is of another size than the line: its first and last letters are measured.
    letters = [number for number, sign in enumerate(text) if sign.isalnum()] or [0]
    left, _, _, _ = page.get_charbox(start, loose=True)
    _, bottom, _, top = page.get_charbox(start + letters[0], loose=True)
    # A word broken at the line's end is given together with the next line: the last letter may stand lower.
    _, _, _, last_top = page.get_charbox(start + letters[-1], loose=True)
    _, _, right, _ = page.get_charbox(start + len(text) - 1, loose=True)
    return Line(text=text, left=left, right=right, top=top, last_top=last_top, height=top - bottom)
