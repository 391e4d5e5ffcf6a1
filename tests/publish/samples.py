"""A small case made by hand, in an invented place with invented forces: three outlets, an agency, a post, a denial."""

from datetime import date

from corroborate.model import (
    AllegedActor,
    Basis,
    Claim,
    Contradiction,
    Document,
    Event,
    Evidence,
    Grade,
    Harm,
    Hop,
    Incident,
    Link,
    Modality,
    Origin,
    OriginCount,
    PartyMention,
    Person,
    Place,
    Polarity,
    Post,
    Published,
    Quantity,
    Range,
    Reason,
    Relation,
    Segment,
    Side,
    Source,
    SourceKind,
    Span,
    When,
    claim_id,
    document_id,
    evidence_id,
    incident_id,
)
from corroborate.publish.holdings import Holdings

HERALD = """Strike on Ostra kills at least 17

VELN, 3 May 2031 (Orin Press). At least 17 civilians were killed in an air strike on the market of Ostra on Thursday, \
the Lowland Monitor said. Among the dead was Mara Tellin, 34, a baker. Colonel Ivo Brandt told the Sentra Agency that, \
according to available information, fighters had left the town 19 kilometres south-west of Veln without resistance.

Witness @ostra_eye 2 May 2031: 23 dead in the market, mostly women, video https://posts.example/1

It is likely that the number will rise. "Tellin was <b>known</b> to all," a neighbour said."""
COURIER = """The Upland command denied on Friday that its planes had bombed Ostra. Some say dozens were hurt."""


def document(name: str, outlet: str | None, text: str, day: date | None, title: str | None = None) -> Document:
    url = f"https://{name}.example/report"
    return Document(
        id=document_id(evidence_id(text.encode()), url),
        evidence=evidence_id(text.encode()),
        within=None,
        url=url,
        archive_url=None,
        retrieved=None,
        name=f"{name}.txt",
        media_type="text/plain",
        outlet=outlet,
        title=title,
        author=None,
        language="en",
        text=text,
        published=Published(start=day, end=day, basis="dateline") if day else None,
        sentences=((0, len(text)),),
        segments=_segments(text),
    )


def _segments(text: str) -> tuple[Segment, ...]:
    if not text.startswith("Strike"):
        return (Segment(kind="body", start=0, end=len(text), text=text),)
    heading, dateline = text.index("\n"), text.index("At least 17 civ")
    post, after = text.index("Witness @"), text.index("\n\nIt is likely")
    cuts = (("heading", 0, heading), ("dateline", heading + 2, dateline), ("body", dateline, post - 2))
    plain = tuple(Segment(kind=kind, start=a, end=b, text=text[a:b]) for kind, a, b in cuts)  # type: ignore[arg-type]
    author = Post(author="Witness", handle="ostra_eye", date=date(2031, 5, 2), links=("https://posts.example/1",))
    posted = Segment(kind="post", start=post, end=after, text=text[post:after], post=author)
    return (*plain, posted, Segment(kind="body", start=after + 2, end=len(text), text=text[after + 2 :]))


def span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span.of(text, start, start + len(words))


def source(text: str, words: str, kind: SourceKind, party: str | None = None) -> Source:
    found = span(text, words)
    return Source(start=found.start, end=found.end, text=words, name=words, kind=kind, party=party)


def claim(
    held: Document,
    content: str,
    *,
    by: Source | None = None,
    cue: str | None = None,
    via: tuple[Hop, ...] = (),
    voice: str | None = None,
    modality: Modality = "reported",
    polarity: Polarity = "affirmed",
    event: Event | None = None,
    quantities: tuple[Quantity, ...] = (),
    **more: object,
) -> Claim:
    found = span(held.text, content)
    first = Hop(name=held.outlet or held.name, kind="outlet", party=None)
    last = (Hop(name=by.name, kind=by.kind, party=by.party, start=by.start, end=by.end),) if by else ()
    fields: dict[str, object] = {
        "hedges": (), "basis": None, "places": (), "when": None, "persons": (), "evidence": (), "flags": (), "why": (),
    }  # fmt: skip
    return Claim(
        id=claim_id(held.id, found.start, found.end, event.type if event else None),
        document=held.id,
        start=found.start,
        end=found.end,
        text=content,
        voice=voice or ("attributed" if by else "own"),  # type: ignore[arg-type]
        source=by,
        cue=span(held.text, cue) if cue else None,
        chain=(first, *via, *last),
        modality=modality,
        polarity=polarity,
        event=event,
        quantities=quantities,
        **{**fields, **more},  # type: ignore[arg-type]
    )


def quantity(text: str, words: str, after: int = 0, **fields: object) -> Quantity:
    found = span(text, words, after)
    return Quantity(start=found.start, end=found.end, text=words, **{"who": None, **fields})  # type: ignore[arg-type]


def ostra(text: str) -> Place:
    found = span(text, "Ostra")
    return Place(
        start=found.start, end=found.end, text="Ostra", name="Ostra", gazetteer_id=None, lat=10.5, lon=20.25,
        precision_km=3.0, country=None,
    )  # fmt: skip


def holdings() -> Holdings:
    """Two documents that report on one strike, one incident, with a disagreement on the perpetrator."""
    herald = document("herald", "Veln Herald", HERALD, date(2031, 5, 3), "Strike on Ostra kills at least 17")
    courier = document("courier", None, COURIER, date(2031, 5, 4))
    strike = Event(type="ASSAULT", mode="aerial", instruments=(span(HERALD, "air strike"),))
    town = Place(
        **{**_fields(span(HERALD, "19 kilometres south-west of Veln"))}, name="19 kilometres south-west of Veln",
        gazetteer_id=None, lat=None, lon=None, precision_km=None, country=None,
        relation=Relation(kind="offset", bearing=225.0, km=19.0, of=("Veln",)),
    )  # fmt: skip
    thursday = When(text="Thursday", start=date(2031, 5, 2), end=date(2031, 5, 2), precision="day", basis="dateline")
    victim = Person(**_fields(span(HERALD, "Mara Tellin")), name="Mara Tellin", age=34, sex="female", status="killed", private=True)  # fmt: skip # noqa: E501
    post = HERALD.index("Witness @")
    poster = source(HERALD, "Witness", "post")
    colonel = source(HERALD, "Colonel Ivo Brandt", "person", "upland")
    agency = Hop(name="Sentra Agency", kind="agency", party=None)
    killed = claim(
        herald, "At least 17 civilians were killed in an air strike on the market of Ostra on Thursday",
        by=source(HERALD, "Lowland Monitor", "organisation"), cue="said", event=strike, places=(ostra(HERALD),),
        when=thursday, why=("the attribution head is sure (0.97)",),
        quantities=(quantity(HERALD, "At least 17", measure="killed", who="civilians", low=17.0, high=None,
                             bound="at_least"),),
    )  # fmt: skip
    inside = claim(herald, "civilians were killed", by=source(HERALD, "Lowland Monitor", "organisation"), event=strike)
    named = claim(herald, "Among the dead was Mara Tellin, 34, a baker", voice="unresolved", modality="hedged",
                  event=strike, persons=(victim,), flags=("speaker_unresolved",))  # fmt: skip
    left = claim(herald, "fighters had left the town 19 kilometres south-west of Veln without resistance", by=colonel,
                 cue="told", via=(agency,), event=Event(type="RETREAT", mode="withdraw"), places=(town,),
                 basis=Basis(**_fields(span(HERALD, "available information")), kind="unnamed"))  # fmt: skip
    posted = claim(herald, "23 dead in the market", by=poster, event=strike,
                   quantities=(quantity(HERALD, "23", post, measure="killed", low=23.0, high=23.0, bound="exact"),),
                   evidence=(Evidence(**_fields(span(HERALD, "video")), kind="video", link="https://posts.example/1"),))  # fmt: skip # noqa: E501
    rise = claim(herald, "the number will rise", modality="speculated", hedges=(span(HERALD, "likely"),))
    command = source(COURIER, "The Upland command", "organisation", "upland")
    denial = claim(courier, "its planes had bombed Ostra", by=command, cue="denied", modality="denied",
                   polarity="negated", event=Event(type="ASSAULT", mode="aerial", actors=(
                       PartyMention(**_fields(span(COURIER, "its planes")), party="upland"),)),
                   places=(ostra(COURIER),))  # fmt: skip
    hurt = claim(courier, "dozens were hurt", by=source(COURIER, "Some", "unnamed"), cue="say",
                 quantities=(quantity(COURIER, "dozens", measure="injured", low=24.0, high=99.0,
                                      bound="vague"),))  # fmt: skip
    claims = (killed, inside, named, left, posted, rise, denial, hurt)
    members = (killed, named, posted, denial)
    incident = Incident(
        id=incident_id(one.id for one in members), claims=tuple(one.id for one in members), aggregate=False,
        contains=(), type="ASSAULT", where=ostra(HERALD), when=thursday,
        harm={"civilians": Harm(killed=Range(min=17, max=None)),
              "unspecified": Harm(killed=Range(min=17, max=23), injured=Range(min=24, max=99))},
        alleged_actors=(AllegedActor(name="The Upland command", party="upland", claims=(denial.id,)),),
        strike_status="contested",
        origins=(
            Origin(name="Lowland Monitor", kind="organisation", party=None, documents=(herald.id,), claims=(killed.id,),
                   because=("both reports cite the Lowland Monitor",)),
            Origin(name="Witness", kind="post", party=None, documents=(herald.id,), claims=(posted.id,)),
            Origin(name="The Upland command", kind="organisation", party="upland", documents=(courier.id,),
                   claims=(denial.id,)),
        ),
        independent_origins=OriginCount(shown=2, possible=3),
        contradictions=(
            Contradiction(about="figure", claims=(killed.id, posted.id), sides=(
                Side(value="at least 17 killed", claims=(killed.id,), origins=("Lowland Monitor",)),
                Side(value="23 killed", claims=(posted.id,), origins=("Witness",)))),
            Contradiction(about="occurrence", claims=(killed.id, denial.id), sides=(
                Side(value="it happened", claims=(killed.id, posted.id), origins=("Lowland Monitor", "Witness")),
                Side(value="it did not happen", claims=(denial.id,), origins=("The Upland command",)))),
        ),
        grade=Grade(scheme="casualty-recorders", value="contested", because=(
            Reason(sentence="One side denies that its planes struck.", claims=(denial.id,)),)),
    )  # fmt: skip
    link = Link(a=killed.id, b=posted.id, weight=7.25, because=("same place", "days overlap"))
    return Holdings.of((herald, courier), claims, (link,), (incident,))


def _fields(found: Span) -> dict[str, object]:
    return {"start": found.start, "end": found.end, "text": found.text}
