"""Quotation marks and what stands between them; whether words speak at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corroborate.read.attribution.linking import Run
from corroborate.read.grammar.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

OPEN, CLOSE = frozenset({'"', "“", "``", "«"}), frozenset({'"', "”", "''", "»"})


def is_finite(doc: Doc, content: frozenset[int]) -> bool:
    """Say whether a finite verb is among some tokens."""
    return any(doc[i].tag_ in ("VBZ", "VBP", "VBD", "MD") for i in content)


def is_quoted(doc: Doc, content: frozenset[int]) -> bool:
    """Say whether quotation marks open or close some tokens."""
    low, high = min(content), max(content)
    return any(doc[k].text in OPEN for k in range(max(0, low - 1), min(low + 1, len(doc)))) or any(
        doc[k].text in CLOSE for k in range(high, min(high + 3, len(doc)))
    )


def opens_quoted(doc: Doc, content: frozenset[int]) -> bool:
    """Say whether a quotation mark opens some tokens."""
    low = min(content)
    return any(doc[k].text in OPEN for k in range(max(0, low - 1), low + 1))


def quotations(doc: Doc) -> list[Run]:
    """Return the stretches between quotation marks; a straight mark opens and closes by turns within a paragraph."""
    found, opened = [], None
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            opened = None
        elif (
            opened is None
            and token.text in OPEN
            and not (token.text == '"' and token.whitespace_ and token.i and not doc[token.i - 1].whitespace_)
        ):
            opened = token.i
        elif opened is not None and token.text in CLOSE:
            found.append((opened + 1, token.i))
            opened = None
    return [(low, high) for low, high in found if low < high]


def same_paragraph(doc: Doc, a: int, b: int) -> bool:
    """Say whether no blank line lies between two tokens."""
    words = Words.of(doc)
    return words.paragraph(a) == words.paragraph(b)


def is_cased(stretch: Span) -> bool:
    """Say whether a stretch has capitals elsewhere than at the start of a sentence."""
    return any(token.text[0].isupper() for token in stretch if not token.is_sent_start)
