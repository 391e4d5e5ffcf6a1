"""The reader: a document in, its sentences, segments and claims out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from corroborate.errors import CorroborateError, Problem
from corroborate.knowledge.gazetteer import Gazetteer, fingerprint
from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Document, PartyMention, Segment, SegmentKind, Source
from corroborate.read.attribution import chain
from corroborate.read.attribution.cues import cues
from corroborate.read.attribution.find import find_attributions
from corroborate.read.attribution.sources import Sources
from corroborate.read.attribution.voices import Layers
from corroborate.read.claims import Assembly, Found
from corroborate.read.encoder import WEIGHTS, Encoder
from corroborate.read.event.find import find_events
from corroborate.read.evidence import find_evidence
from corroborate.read.quantity.find import find_quantities
from corroborate.read.quantity.persons import find_persons
from corroborate.read.segment import boundaries, posts
from corroborate.read.segment import find as segment
from corroborate.read.when.anchors import Anchors
from corroborate.read.when.find import find_dates
from corroborate.read.where.find import find_places, home_of
from corroborate.read.who import find_parties, party_names
from corroborate.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The only language read so far; a document whose language is not known is tried.
LANGUAGE = "en"
# A city of as many people is rather a seat of government than somebody's name: of the capitals looked up Beirut,
# Damascus, Moscow, Tehran, Ankara, Riyadh, Khartoum, Sanaa, Kyiv, Baghdad, Tripoli and Jerusalem have more (Juba has
# not); of the names of persons looked up (Ali, Hassan, Hammoud, Mariam, Assad, Jackson) none has.
_SEAT = 500_000


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A document with its sentences and segments, its claims in reading order, and what went wrong."""

    document: Document
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()


class Reader:
    """Reads documents; made once and used for many, by one process."""

    def __init__(self, settings: Settings, weights: Path | None = None, threads: int = 1) -> None:
        """Load the weights, the register of parties and the gazetteer.

        Raises CorroborateError E201 where the weights are missing or damaged, E501 where the user's parties are not
        valid.
        """
        self._parties = Parties.load(Path(settings.parties) if settings.parties else None)
        self._gazetteer = Gazetteer.default()
        try:
            self._encoder = Encoder(weights, threads)
        except (OSError, ValueError, KeyError) as error:
            raise CorroborateError("E201", str(weights or WEIGHTS), str(error)) from error

    def read(self, document: Document) -> ReadResult:
        """Return a document with its sentences, segments and claims.

        A document known to be in another language than English is returned as it came, without claims.
        """
        if (document.language is not None and document.language.split("-")[0] != LANGUAGE) or not document.text.strip():
            return ReadResult(document, ())
        doc, segmented = self._parsed(document)
        sentences = tuple((sent.start_char, sent.end_char) for sent in doc.sents if not sent.text.isspace())
        read = replace(document, sentences=sentences, segments=segmented.segments)
        return ReadResult(read, self._claims(doc, read, segmented))

    def voices(self, document: Document) -> tuple[Doc, Layers]:
        """Return a document's parse, and whose words each of its tokens belongs to."""
        doc, segmented = self._parsed(document)
        return doc, self._layers(doc, document, segmented, find_parties(doc, self._parties))

    def _parsed(self, document: Document) -> tuple[Doc, segment.Segmented]:
        """Parse a document, a second time where the first showed that sentences or posts start elsewhere."""
        shown = segment.surface(document, self._is_place, self._is_agency)
        doc = self._encoder.parse(document.text, breaks=shown.breaks)
        segmented = segment.segment(doc, document, shown)
        starts = {token.idx for token in doc if token.is_sent_start}
        wanted = [s.start for s in segmented.segments if s.kind == "post" and s.start not in starts]
        wanted += boundaries.missed(doc, cues(), self._outlets)
        if not wanted:
            return doc, segmented
        doc = self._encoder.parse(document.text, breaks=sorted({*shown.breaks, *wanted}))
        return doc, segment.segment(doc, document, shown)

    def _claims(self, doc: Doc, document: Document, segmented: segment.Segmented) -> tuple[Claim, ...]:
        mentions = find_parties(doc, self._parties)
        layers = self._layers(doc, document, segmented, mentions)
        found = Found(
            events=find_events(doc, self._parties, mentions),
            attributed=layers.attributed,
            quantities=find_quantities(doc),
            dates=find_dates(doc, Anchors.of(document, segmented.segments)),
            places=find_places(doc, self._gazetteer, self._home(document)),
            persons=find_persons(doc),
            evidence=find_evidence(doc),
        )
        return chain.with_known_parties(Assembly(doc, document, segmented, found, layers).claims())

    def _layers(
        self, doc: Doc, document: Document, segmented: segment.Segmented, mentions: Sequence[PartyMention]
    ) -> Layers:
        # Everything that is named may speak, also what find_parties leaves out as a mere place or attribute.
        page = Anchors.of(document, segmented.segments).page
        sources = Sources(doc, self._parties, mentions, self._is_city, page.end if page else None)
        attributed = find_attributions(
            doc, sources, _as_tokens(doc, segmented.segments, "post"), _as_tokens(doc, segmented.segments, "heading")
        )
        opening = chain.opening(document, segmented.segments, self._parties, self._is_place)
        posters = [(s, _poster(document, s)) for s in segmented.segments if s.kind == "post"]
        return Layers(doc, attributed, opening, posters)

    def _home(self, document: Document) -> frozenset[str]:
        """Return the countries that the document's outlet is at home in, by its address and by the register."""
        party = self._parties.by_alias(document.outlet) if document.outlet else None
        country = self._parties.get(party).country if party is not None else None
        return home_of(document.url) | (frozenset([country]) if country else frozenset())

    def _is_place(self, name: str) -> bool:
        return bool(self._gazetteer.find(name))

    def _is_city(self, name: str) -> bool:
        return any(
            entry.kind == "city" and entry.main and entry.population >= _SEAT for entry in self._gazetteer.find(name)
        )

    def _is_agency(self, name: str) -> bool:
        party = self._parties.by_alias(name.strip())
        return party is not None and self._parties.source_kind(party) == "agency"

    def _outlets(self, doc: Doc) -> list[tuple[int, int]]:
        return [
            (start, end)
            for start, end, party in party_names(doc, self._parties)
            if self._parties.source_kind(party) in ("outlet", "agency")
        ]


def _as_tokens(doc: Doc, segments: tuple[Segment, ...], kind: SegmentKind) -> list[tuple[int, int]]:
    found = []
    for piece in segments:
        span = doc.char_span(piece.start, piece.end, alignment_mode="expand") if piece.kind == kind else None
        if span is not None and len(span):
            found.append((span.start, span.end))
    return found


def _poster(document: Document, piece: Segment) -> Source | None:
    """Return who posted an embedded post, where the post names them; None where it does not, as in a feed of posts."""
    if piece.post is None:
        return None
    for name in (piece.post.author, piece.post.handle):
        links = [(low, high) for low, high, _ in posts.links_in(piece.text, 0, len(piece.text))]
        at = piece.text.rfind(name) if name else -1
        if name and at >= 0 and not any(low <= at < high for low, high in links):
            start = piece.start + at
            return Source(start=start, end=start + len(name), text=name, name=name, kind="post", party=None)
    return None


@cache
def reader_version(weights: Path | None = None) -> str:
    """Return the package's version with a digest of what reads: weights, rules, lexicons and the user's places.

    Where any of them changes, in a later version or in a checkout, everything is read anew.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    rules = (path for part in ("read", "knowledge") for path in (package / part).rglob("*"))
    for path in sorted((*(weights or WEIGHTS).glob("*"), *rules)):
        if path.suffix in (".onnx", ".npz", ".json", ".py", ".toml"):
            digest.update(path.read_bytes())
    digest.update(fingerprint().encode())
    return f"{version('corroborate')}+{digest.hexdigest()[:12]}"
