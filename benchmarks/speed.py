"""How long the whole reading takes beside one pass of the encoder: `python -m benchmarks.speed FILE... [--minilm
minilm.onnx]`.

FILE is plain text, or JSON Lines whose objects have a `text` (or `article_content`), gzipped or not. For every text
the whole read, one pass of the shipped network and, where given, one pass of the unmodified MiniLM-L6 in 8 bits
(`python -m training.minilm` writes it) are timed one after the other, so that what else the machine does falls on all
of them; one thread each. A pass takes the text in windows that follow each other without overlap and throws the
scores away. The first text is read once before the clock starts.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import arguments, lines, opened, report
from corroborate.read.encoder import Encoder
from corroborate.read.encoder.document import words_of
from corroborate.read.encoder.session import Network
from corroborate.read.encoder.windows import plan

TEXT_FIELDS = ("text", "article_content")


def texts(paths: list[Path]) -> Iterator[str]:
    """Yield the texts of the files; raise ValueError where a line has none."""
    for path in paths:
        if ".jsonl" in path.suffixes:
            for row in lines(path):
                found = next((row[field] for field in TEXT_FIELDS if isinstance(row.get(field), str)), None)
                if found is None:
                    raise ValueError(f"{path}: a line without {' or '.join(TEXT_FIELDS)}")
                yield str(found)
        else:
            with opened(path) as file:
                yield file.read()


def shipped_pass(encoder: Encoder) -> Callable[[str], None]:
    """Return a function that runs a text through the shipped network, with its word pieces, and nothing else."""
    network: Network = encoder.network

    def run(text: str) -> None:
        words = words_of(encoder.tokens(text))
        pieces, offsets, cases = network.pieces.words(words.words)
        for window in plan(offsets, overlap=0):
            at = offsets[window.low : window.high + 1]
            network.run(
                pieces[at[0] : at[-1]],
                at - at[0],
                cases[window.low : window.high],
                words.breaks[window.low : window.high],
            )

    return run


def minilm_pass(encoder: Encoder, path: Path) -> Callable[[str], None]:
    """Return a function that runs a text through the network at `path` (`ids` in, one vector a piece out) in the same
    windows.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    known = encoder.network.pieces

    def run(text: str) -> None:
        pieces, offsets, _ = known.words(words_of(encoder.tokens(text)).words)
        for window in plan(offsets, overlap=0):
            inner = pieces[offsets[window.low] : offsets[window.high]]
            session.run(None, {"ids": np.concatenate([[known.cls], inner, [known.sep]])[None]})

    return run


def whole_read() -> Callable[[str], object]:
    """Return the function that a user's text goes through: from a document to its claims."""
    from corroborate.model import Document
    from corroborate.read.reader import Reader
    from corroborate.settings import Settings

    reader = Reader(Settings())

    def run(text: str) -> object:
        empty: dict[str, Any] = dict.fromkeys(
            ("within", "url", "archive_url", "retrieved", "outlet", "title", "author", "published")
        )
        return reader.read(
            Document(
                id="benchmark",
                evidence="sha256:" + "0" * 64,
                name="benchmark.txt",
                media_type="text/plain",
                language="en",
                text=text,
                sentences=(),
                segments=(),
                **empty,
            )
        )

    return run


def measure(
    found: list[str], minilm: Path | None, read: Callable[[str], object] | None = None
) -> dict[str, float | None]:
    """Return the figures for some texts; raise ValueError where they hold no word."""
    encoder = Encoder(threads=1)
    jobs: dict[str, Callable[[str], object]] = {"read": read or whole_read(), "encoder": shipped_pass(encoder)}
    if minilm is not None:
        jobs["minilm"] = minilm_pass(encoder, minilm)
    seconds = dict.fromkeys(jobs, 0.0)
    words = 0
    for count, text in enumerate(found):
        words += len(words_of(encoder.tokens(text)).words)
        for name, job in jobs.items():
            if not count:
                job(text)
            started = time.perf_counter()
            job(text)
            seconds[name] += time.perf_counter() - started
    if not words:
        raise ValueError("no words to measure on")
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "words_per_second": words / seconds["read"],
        "encoder_words_per_second": words / seconds["encoder"],
        "ratio": seconds["read"] / seconds["encoder"],
        "ratio_minilm": seconds["read"] / seconds["minilm"] if "minilm" in seconds else None,
        "peak_mb": peak,
    }


def main() -> None:
    """Read the arguments and measure."""
    parser = arguments(__doc__)
    parser.add_argument("--minilm", type=Path, help="the unmodified MiniLM-L6 in 8 bits, as ONNX")
    parser.add_argument("--limit", type=int, help="how many texts at most")
    parser.add_argument("--encoder-only", action="store_true", help="time the parse alone in place of the whole read")
    options = parser.parse_args()
    read = Encoder(threads=1).parse if options.encoder_only else None
    figures = measure(list(texts(options.data))[: options.limit], options.minilm, read)
    report("speed", figures, [], options)


if __name__ == "__main__":
    main()
