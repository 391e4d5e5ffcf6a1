from documents import document

from corroborate.knowledge.parties import Parties
from corroborate.model import Segment, Source
from corroborate.read.attribution.chain import lengthened, opening

PARTIES = Parties.load()


def source(name: str, kind: str = "person", party: str | None = None) -> Source:
    return Source(start=0, end=len(name), text=name, name=name, kind=kind, party=party)  # type: ignore[arg-type]


def test_the_dateline_s_agency_stands_behind_the_outlet() -> None:
    text = "BEIRUT (Reuters) - Shells hit a mill."
    dateline = Segment(start=0, end=18, text=text[:18], kind="dateline")
    hops = opening(document(text), [dateline], PARTIES)
    assert [(hop.name, hop.kind) for hop in hops] == [("The Valley Post", "outlet"), ("Reuters", "agency")]
    assert text[hops[1].start : hops[1].end] == "Reuters"


def test_without_an_outlet_the_document_s_name_publishes() -> None:
    (hop,) = opening(document("A mill burned.", outlet=None), [], PARTIES)
    assert (hop.name, hop.kind, hop.start) == ("test.txt", "document", None)


def test_an_agency_s_own_dateline_is_no_second_hop() -> None:
    text = "BEIRUT (Reuters) - Shells hit a mill."
    dateline = Segment(start=0, end=18, text=text[:18], kind="dateline")
    assert len(opening(document(text, outlet="Reuters"), [dateline], PARTIES)) == 1


def test_a_voice_is_not_put_twice() -> None:
    start = opening(document("x", outlet="Reuters"), [], PARTIES)
    chain = lengthened(start, [source("Reuters", "agency", "reuters"), source("A. Berg")])
    assert [hop.name for hop in chain] == ["Reuters", "A. Berg"]
