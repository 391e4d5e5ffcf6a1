"""From the lines of a PDF's pages to paragraphs. Places are in points, from the page's lower left corner."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

# Set by reading what came of a 53-page manual set in LaTeX, and of pages made for the tests.
_GAP = 1.3  # lines of one paragraph are one pitch apart; 1.3 pitches are a new one
_LARGER = 1.15  # another size of letter is a heading or a note
_INDENT = 0.8  # of the letter's height
_SHORT = 0.85  # of the column: a line that ends a sentence before it ends a paragraph
_STUB = 0.6  # of the column: a line that ends before it was not broken for want of room
_COLUMN = 0.8  # the share of a column's lines that reach no further than its width
_BULLET = re.compile(r"(?:[•▪◦‣∙●■–*-]|\(?[\da-z]{1,3}[.)])\s")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,2}$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[ivxlc\d]{1,6}(?:\s*(?:/|of)\s*\d+)?|[-–—]\s*\d+\s*[-–—]", re.IGNORECASE)
_BROKEN = re.compile(r"(\w+)(\ufffe|[-\xad\u2010]\n)(\w+)")
_Key = tuple[str, int, int]
_EDGE = 2  # lines at the top and at the bottom of a page that can be running heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, where it begins and ends, its letters' height and upper edge; all 0 where not known.

    `last_top` is the upper edge at its last letter: lower than `top` where a broken word binds two lines together.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    last_top: float = 0.0
    height: float = 0.0


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without what stands at one place on two pages.

    A number in such a line may differ only as the pages' own numbers do: "Chapter 1" and "Chapter 2" are kept.
    """
    seen = Counter(
        key
        for number, page in enumerate(pages)
        for key in {key for i in _edges(page) for key in _keys(page[i], number)}
    )
    kept = []
    for number, page in enumerate(pages):
        heads = {i for i in _edges(page) if _is_head(page[i], number, seen)}
        kept.append([line for i, line in enumerate(page) if i not in heads])
    return kept


def _edges(page: Sequence[Line]) -> set[int]:
    if len(page) <= 2 * _EDGE:
        return {0, len(page) - 1} if page else set()
    return {*range(_EDGE), *range(len(page) - _EDGE, len(page))}


def _is_head(line: Line, number: int, seen: Counter[_Key]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or any(seen[key] > 1 for key in _keys(line, number))


def _keys(line: Line, number: int) -> list[_Key]:
    """The line as it is, and with each of its numbers in turn as its distance from the page's own."""
    place = round(line.top)
    keys: list[_Key] = [(line.text, place, 0)]
    for match in re.finditer(r"\d{1,5}", line.text):
        masked = f"{line.text[: match.start()]}#{line.text[match.end() :]}"
        keys.append((masked, place, int(match[0]) - number))
    return keys


def paragraphs_of(pages: Iterable[Sequence[Line]]) -> list[str]:
    """Return the paragraphs, their lines joined by "\\n"; one that a page's end cuts through is put together."""
    paragraphs: list[str] = []
    for page in pages:
        for number, lines in enumerate(_split(page)):
            text = "\n".join(line.text for line in lines)
            goes_on = number == 0 and paragraphs and not _ENDED.search(paragraphs[-1]) and text[:1].islower()
            if goes_on:
                paragraphs[-1] += "\n" + text
            else:
                paragraphs.append(text)
    return paragraphs


def _split(page: Sequence[Line]) -> Iterator[list[Line]]:
    steps = [a.last_top - b.top for a, b in pairwise(page) if 0 < a.last_top - b.top < 4 * (a.height or 1)]
    pitch = statistics.median(steps) if steps else 0.0
    paragraph: list[Line] = []
    for line in page:
        if paragraph and _begins(line, paragraph, pitch, _width(paragraph[-1], page)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _width(line: Line, page: Sequence[Line]) -> float:
    """Where the lines of this line's column end: of those that begin where it does, all but the longest fifth."""
    rights = sorted(each.right for each in page if abs(each.left - line.left) <= 2 * line.height)
    return rights[int(_COLUMN * (len(rights) - 1))]


def _begins(line: Line, before: Sequence[Line], pitch: float, width: float) -> bool:
    """Say whether a line begins a paragraph, given the lines of the one before it."""
    last = before[-1]
    if _BULLET.match(line.text) and (line.left or _ENDED.search(last.text)):
        return True
    if not line.height or not last.height:  # no places: a short line that ends a sentence
        return bool(_ENDED.search(last.text)) and len(last.text) < 0.7 * max(len(each.text) for each in (*before, line))
    if pitch and last.last_top - line.top > _GAP * pitch:
        return True
    if not 1 / _LARGER < line.height / last.height < _LARGER:
        return True
    indented = line.left - last.left > _INDENT * line.height and line.top < last.last_top
    if indented and not _BULLET.match(before[0].text) and len(before) > 1:
        return True
    if line.text[:1].islower():
        return False
    return last.right < _STUB * width or (bool(_ENDED.search(last.text)) and last.right < _SHORT * width)


def dehyphenated(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs as running text, with words that a line's end broke put together where that is right.

    A broken word loses its hyphen if the document elsewhere, or the English dictionary, has it without one; it keeps
    it if the document has it so, or if its parts are words and the whole is none ("US-backed").
    """
    words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(paragraphs).lower()))

    def mend(match: re.Match[str]) -> str:
        left, _, right = match.groups()
        return left + right if _one_word(left, right, words) else f"{left}-{right}"

    return [re.sub(r"\s*\n\s*", " ", _BROKEN.sub(mend, text)).replace("\ufffe", "") for text in paragraphs]


def _one_word(left: str, right: str, words: Counter[str]) -> bool:
    joined, hyphenated = (left + right).lower(), f"{left}-{right}".lower()
    if words[joined] or words[hyphenated]:
        return words[joined] >= words[hyphenated]
    if left[-1:].isdigit() or right[:1].isdigit():
        return False
    if _known(joined):
        return True
    mixed = left[-1:].isupper() != right[:1].isupper() or (right[:1].isupper() and not left.isupper())
    return not mixed and not (_known(left.lower()) and _known(right.lower()))


@cache
def _known(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="en"))
