"""PolNeAR: articles with source, cue and content of their attributions (brat stand-off)."""

from __future__ import annotations

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import spacy

from training.passage import UNKNOWN, Passage, spans_to_bio

_SPAN = re.compile(r"^T\d+\t(Source|Cue|Content)2? ([\d ;]+)\t")
_OPENERS = set("\"'“‘(")
_CLOSERS = set("\"'”’)")


def read(archive: Path) -> Iterator[list[Passage]]:
    """Yield, for each article of `train.tar.gz` or `dev.tar.gz`, one passage an annotator (several for some articles).

    Raises KeyError where an annotation has no text beside it.
    """
    texts: dict[str, str] = {}
    notes: dict[str, list[str]] = defaultdict(list)
    with tarfile.open(archive) as files:
        for member in files:
            opened = files.extractfile(member)
            if opened is None:
                continue
            content = opened.read().decode("utf-8")
            name = Path(member.name)
            if name.suffix == ".txt":
                texts[name.stem] = content
            elif name.suffix == ".ann":
                # The name of an annotation ends in the annotator's.
                notes[name.stem.rsplit("_", 1)[0]].append(content)
    tokenizer = spacy.blank("en").tokenizer
    for stem in sorted(notes):
        yield [passage(tokenizer, texts[stem], note) for note in notes[stem]]


def passage(tokenizer: spacy.tokenizer.Tokenizer, text: str, note: str) -> Passage:
    """Return the words of `text`, its newlines taken for paragraph breaks, with the labels of the brat file `note`.

    Every fragment of a span is a span of its own, and a span ends with its paragraph, as in the corpus' sentence files.
    """
    tokens = [token for token in tokenizer(text) if not token.is_space]
    breaks = [
        i == 0 or "\n" in text[tokens[i - 1].idx + len(tokens[i - 1]) : token.idx] for i, token in enumerate(tokens)
    ]
    words = [token.text for token in tokens]
    starts, ends = [t.idx for t in tokens], [t.idx + len(t) for t in tokens]
    spans = []
    for line in note.splitlines():
        match = _SPAN.match(line)
        for fragment in match[2].split(";") if match else ():
            low, high = (int(x) for x in fragment.split())
            covered = [i for i in range(len(words)) if starts[i] < high and ends[i] > low]
            while covered:
                stop = next((k for k, i in enumerate(covered) if k and breaks[i]), len(covered))
                spans.append((covered[0], covered[stop - 1] + 1, match[1].lower()))  # type: ignore[index]
                covered = covered[stop:]
    return Passage(
        words,
        [bool(t.whitespace_) for t in tokens],
        breaks,
        silver_starts(words, breaks),
        attribution=spans_to_bio(len(words), sorted(spans)),
    )


def silver_starts(words: list[str], breaks: list[bool]) -> list[int]:
    """Return sentence starts read off the punctuation of edited text; `UNKNOWN` where that does not settle it.

    A start is a paragraph's first word, and a capital or an opening quotation mark after a full stop, question or
    exclamation mark (and what closes behind it). Nothing follows a colon, a semicolon or a closing bracket for
    certain. A full stop that belongs to its word ("Mr.", "U.S.") leaves the next word open.
    """
    labels = []
    for i, word in enumerate(words):
        if breaks[i]:
            labels.append(1)
            continue
        before = i - 1
        while before > 0 and words[before] in _CLOSERS and not breaks[before]:
            before -= 1
        last = words[before]
        if last in (".", "!", "?") and word not in _CLOSERS:
            begins = word[0].isupper() or word[0].isdigit()
            opens = word in _OPENERS and i + 1 < len(words) and words[i + 1][0].isupper()
            labels.append(1 if begins or opens else UNKNOWN)
        elif last[-1] in ".:;)!?-–—…" or word in _CLOSERS:
            labels.append(UNKNOWN)
        else:
            labels.append(0)
    return labels
