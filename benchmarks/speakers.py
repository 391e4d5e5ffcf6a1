"""Who is given as the speaker of what is said: `python -m benchmarks.speakers dev.tar.gz [--stripped] [--calibration]`.

The archive is PolNeAR's: texts beside brat annotations, of which each article's first is taken. Counted are the finite
verbs (by the reader's own tags). Of those in somebody's words: `right` has the gold speaker (the source given touches
the gold source's words, or bears the name that the reader gives to them; where the gold source is "who" or "which", the
source given may end right before it), `wrong` another, `open` is left open, `own`
falls to the writer. Of those in nobody's words: `own_kept` stay the writer's, `own_laid` are given to somebody,
`own_open` are left open; the corpus marks only the outer of two nested voices, and no transcripts.

With --stripped all punctuation is taken away first (apostrophes too), as in the founding example. With --calibration
the share of right speakers is given by the score that the reader had for them.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, report

if TYPE_CHECKING:
    from corroborate.model import Source
    from corroborate.read.attribution.voices import Layers
    from corroborate.read.reader import Reader

_SPAN = re.compile(r"^(T\d+)\t(Source|Cue|Content)2? ([\d ;]+)\t", re.M)
_EVENT = re.compile(r"^E\d+\tAttribution2?:\S+ (.*)$", re.M)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Runs = list[tuple[int, int]]


@dataclass(frozen=True)
class Article:
    """A text with what people marked in it: contents with their sources, and all that is anybody's words or their frame
    (offsets of code points).
    """

    text: str
    said: list[tuple[Runs, Runs]]
    marked: Runs


def articles(paths: list[Path]) -> Iterator[Article]:
    """Yield the articles of the archives; raise KeyError where an annotation has no text beside it."""
    for path in paths:
        texts: dict[str, str] = {}
        notes: dict[str, str] = {}
        with tarfile.open(path) as files:
            for member in files:
                opened = files.extractfile(member)
                name = Path(member.name)
                if opened is None or name.suffix not in (".txt", ".ann"):
                    continue
                content = opened.read().decode("utf-8")
                if name.suffix == ".txt":
                    texts[name.stem] = content
                else:
                    notes.setdefault(name.stem.rsplit("_", 1)[0], content)
        for stem, note in sorted(notes.items()):
            yield _article(texts[stem], note)


def _article(text: str, note: str) -> Article:
    spans = {
        match[1]: [(int(a), int(b)) for a, b in (part.split() for part in match[3].split(";"))]
        for match in _SPAN.finditer(note)
    }
    said = []
    for event in _EVENT.finditer(note):
        parts: dict[str, Runs] = defaultdict(list)
        for role, key in (item.split(":") for item in event[1].split()):
            parts[role.rstrip("0123456789")] += spans.get(key, [])
        if parts["Content"] and parts["Source"]:
            said.append((parts["Content"], parts["Source"]))
    return Article(text, said, [run for runs in spans.values() for run in runs])


def without_punctuation(article: Article) -> Article:
    """Return an article as its words alone, every span moved along."""
    kept: list[str] = []
    place = []
    for char in article.text:
        place.append(len(kept))
        if char == "\n" or char.isalnum():
            kept.append(char)
        elif kept and kept[-1] not in " \n":
            kept.append(" ")
    place.append(len(kept))

    def moved(runs: Runs) -> Runs:
        return [(place[a], place[b]) for a, b in runs]

    return Article("".join(kept), [(moved(c), moved(s)) for c, s in article.said], moved(article.marked))


def measure(reader: Reader, found: Iterator[Article]) -> tuple[dict[str, float | None], Counter[tuple[float, bool]]]:
    """Return the counts and shares, and of each bin of scores how many speakers were right and how many not."""
    counts: Counter[str] = Counter()
    bins: Counter[tuple[float, bool]] = Counter()
    for article in found:
        doc, layers = reader.voices(_document(article.text))
        names = _names(layers)
        for token in doc:
            if token.tag_ not in _FINITE:
                continue
            gold = next((s for c, s in article.said if any(a <= token.idx < b for a, b in c)), None)
            if gold is None and any(a <= token.idx < b for a, b in article.marked):
                continue
            spoken = layers.spoken(layers.around(token), token)[0]
            if gold is None:
                counts[{"own": "own_kept", "attributed": "own_laid"}.get(spoken.voice, "own_open")] += 1
            elif spoken.source is not None:
                right = _is_same(spoken.source, gold, names) or _is_antecedent(spoken.source, gold, article.text)
                counts["right" if right else "wrong"] += 1
                bins[max((b for b in _BINS if b <= spoken.score), default=0.0), right] += 1
            else:
                counts["own" if spoken.voice == "own" else "open"] += 1
    said = sum(counts[k] for k in ("right", "wrong", "open", "own")) or 1
    figures: dict[str, float | None] = {
        k: float(counts[k]) for k in ("right", "wrong", "open", "own", "own_kept", "own_laid", "own_open")
    }
    figures["right_share"] = 100 * counts["right"] / said
    figures["precision"] = 100 * counts["right"] / ((counts["right"] + counts["wrong"]) or 1)
    return figures, bins


def _names(layers: Layers) -> list[Source]:
    return [a.source for a in layers.attributed.attributions if a.source is not None]


def _is_same(source: Source, gold: Runs, names: list[Source]) -> bool:
    if any(source.start < b and a < source.end for a, b in gold):
        return True
    return any(n.name == source.name and n.start < b and a < n.end for n in names for a, b in gold)


def _is_antecedent(source: Source, gold: Runs, text: str) -> bool:
    return any(text[a:b].lower() in ("who", "which", "that") and 0 <= a - source.end <= 3 for a, b in gold)


def _document(text: str) -> Any:
    from corroborate.model import Document

    empty: dict[str, Any] = dict.fromkeys(
        ("within", "url", "archive_url", "retrieved", "outlet", "title", "author", "published")
    )
    return Document(
        id="benchmark", evidence="sha256:" + "0" * 64, name="benchmark.txt", media_type="text/plain", language="en",
        text=text, sentences=(), segments=(), **empty,
    )  # fmt: skip


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--stripped", action="store_true", help="take the punctuation away first")
    parser.add_argument("--calibration", action="store_true", help="add the share of right speakers by score")
    parser.add_argument("--limit", type=int, help="how many articles at most")
    options = parser.parse_args()
    from corroborate.read.reader import Reader
    from corroborate.settings import Settings

    found = list(articles(options.data))[: options.limit]
    taken = (without_punctuation(article) if options.stripped else article for article in found)
    figures, bins = measure(Reader(Settings()), taken)
    if options.calibration:
        for low in sorted({low for low, _ in bins}):
            right, wrong = bins[low, True], bins[low, False]
            figures[f"right_at_{low:.2f}"] = 100 * right / (right + wrong)
            figures[f"count_at_{low:.2f}"] = right + wrong
    report("speakers", figures, [], options)


if __name__ == "__main__":
    main()
