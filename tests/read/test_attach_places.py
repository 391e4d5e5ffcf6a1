"""Which place belongs to which event."""

from corroborate.model import Event, EventType, PartyMention, Place, Span
from corroborate.read.attach import Held, Located, give_places, head_of
from corroborate.read.mentions import EventMention
from docs import parsed


def place(text: str, name: str, km: float | None = 3.0, lat: float = 36.0, code: int = 1) -> Place:
    at = text.index(name)
    known = km is not None
    return Place(
        start=at, end=at + len(name), text=name, name=name, gazetteer_id=name if known else None,
        lat=lat if known else None, lon=37.0 if known else None, precision_km=km, country="SY" if known else None,
        where_prec=code if known else None,
    )  # fmt: skip


def party(text: str, name: str) -> PartyMention:
    return PartyMention(start=text.index(name), end=text.index(name) + len(name), text=name, party=None)


def given(
    words: str,
    heads: list[int],
    deps: list[str],
    tags: list[str],
    trigger: str,
    clause: str,
    *places: Place,
    actor: str = "",
    target: str = "",
    kind: EventType = "ASSAULT",
) -> list[str]:
    doc = parsed(words.split(), heads, deps, tags)
    at, first = doc.text.index(trigger), doc.text.index(clause)
    span = Span(start=at, end=at + len(trigger), text=trigger)
    whole = Span(start=first, end=first + len(clause), text=clause)
    by, on = ([party(doc.text, name)] if name else [] for name in (actor, target))
    event = Event(type=kind, mode=None, actors=tuple(by), targets=tuple(on))
    mention = EventMention(event=event, trigger=span, clause=whole, score=1.0)
    token = head_of(doc, span)
    assert token is not None
    held = Held(mention=mention, token=token, voice=())
    located = [
        (one, Located(Span(start=one.start, end=one.end, text=one.text), head, ()))
        for one in places
        if (head := head_of(doc, one)) is not None
    ]
    give_places([held], located)
    return [one.name for one in held.places]


FELL = ("Shells fell on Ardan in Norland causing injuries", [1, 1, 3, 1, 5, 3, 1, 6], ["nsubj", "ROOT", "case", "obl",
        "case", "nmod", "advcl", "obj"], ["NOUN", "VERB", "ADP", "PROPN", "ADP", "PROPN", "VERB", "NOUN"])  # fmt: skip


def test_what_a_clause_leaves_out_its_sentence_gives() -> None:
    text = FELL[0]
    town, area = place(text, "Ardan"), place(text, "Norland", 60.0, code=4)
    assert given(*FELL, "injuries", "causing injuries", town, area) == ["Ardan", "Norland"]


def test_where_somebody_comes_from_is_not_where_it_happened() -> None:
    text = "A child from Ardan died in Halden"
    parse = ([1, 4, 3, 1, 4, 6, 4], ["det", "nsubj", "case", "nmod", "ROOT", "case", "obl"],
             ["DET", "NOUN", "ADP", "PROPN", "VERB", "ADP", "PROPN"])  # fmt: skip
    assert given(text, *parse, "died", text, place(text, "Ardan"), place(text, "Halden")) == ["Halden"]
    text = "A child from Ardan died"
    assert given(text, parse[0][:5], parse[1][:5], parse[2][:5], "died", text, place(text, "Ardan")) == []


def test_a_report_that_opens_with_a_town_in_its_area_gives_the_town_to_what_follows() -> None:
    words = "In Ardan in Norland it burned . Two people died ."
    parse = ([1, 5, 3, 1, 5, 5, 5, 8, 9, 9, 9], ["case", "obl", "case", "nmod", "nsubj", "ROOT", "punct", "nummod",
             "nsubj", "ROOT", "punct"], ["ADP", "PROPN", "ADP", "PROPN", "PRON", "VERB", "PUNCT", "NUM", "NOUN", "VERB",
             "PUNCT"])  # fmt: skip
    town, area = place(words, "Ardan"), place(words, "Norland", 60.0, code=4)
    assert given(words, *parse, "died", "Two people died", town, area) == ["Ardan"]
    village = place(words, "Ardan", None)
    assert given(words, *parse, "died", "Two people died", village, area) == ["Ardan", "Norland"]
    far = place(words, "Norland", 60.0, lat=44.0, code=4)
    assert given(words, *parse, "died", "Two people died", town, far) == []


def test_where_the_hurt_are_brought_is_not_where_it_happened() -> None:
    words = "A boy lies dead in Ardan hospital in Norland"
    parse = ([1, 2, 2, 2, 6, 6, 2, 8, 6], ["det", "nsubj", "ROOT", "xcomp", "case", "compound", "obl", "case", "nmod"],
             ["DET", "NOUN", "VERB", "ADJ", "ADP", "PROPN", "NOUN", "ADP", "PROPN"])  # fmt: skip
    town, area = place(words, "Ardan"), place(words, "Norland", 60.0, code=4)
    assert given(words, *parse, "dead", words, town, area) == []
    words = "A shell fell down in Ardan hospital in Norland"
    town, area = place(words, "Ardan"), place(words, "Norland", 60.0, code=4)
    assert given(words, *parse, "fell", words, town, area) == ["Ardan", "Norland"]


def test_a_row_of_unlisted_villages_is_in_what_holds_them() -> None:
    words = "Fire hit Abala Bedan Corva Dorna and Elma in Norland causing injuries"
    parse = ([1, 1, 1, 2, 2, 2, 7, 2, 9, 2, 1, 10],
             ["nsubj", "ROOT", "obj", "conj", "conj", "conj", "cc", "conj", "case", "nmod", "advcl", "obj"],
             ["NOUN", "VERB", *["PROPN"] * 4, "CCONJ", "PROPN", "ADP", "PROPN", "VERB", "NOUN"])  # fmt: skip
    row = [place(words, name, None) for name in ("Abala", "Bedan", "Corva", "Dorna", "Elma")]
    held = place(words, "Norland", 13.0)
    assert given(words, *parse, "injuries", "causing injuries", *row, held) == ["Norland"]
    known = [place(words, "Abala"), *row[1:]]
    assert given(words, *parse, "injuries", "causing injuries", *known, held) == []


def test_a_state_that_strikes_is_not_where_it_strikes() -> None:
    words = "Norland bombed Ardan"
    parse = ([1, 1, 1], ["nsubj", "ROOT", "obj"], ["PROPN", "VERB", "PROPN"])
    state, town = place(words, "Norland", 500.0, code=6), place(words, "Ardan")
    assert given(words, *parse, "bombed", words, state, town, actor="Norland") == ["Ardan"]
    assert given(words, *parse, "bombed", words, state, town) == ["Norland", "Ardan"]


def test_a_place_told_at_length_is_the_first_with_what_it_lies_in() -> None:
    words = "Jets hit Abala in Bedan near Corva from Dorna of Elma in Norland causing injuries"
    parse = ([1, 1, 1, 4, 2, 6, 2, 8, 6, 10, 8, 12, 10, 1, 13],
             ["nsubj", "ROOT", "obj", "case", "nmod", "case", "nmod", "case", "nmod", "case", "nmod", "case", "nmod",
              "advcl", "obj"],
             ["NOUN", "VERB", "PROPN", *["ADP", "PROPN"] * 5, "VERB", "NOUN"])  # fmt: skip
    named = [
        place(words, name, None if name == "Abala" else 3.0) for name in ("Abala", "Bedan", "Corva", "Dorna", "Elma")
    ]
    named.append(place(words, "Norland", 60.0, code=4))
    assert given(words, *parse, "injuries", "causing injuries", *named) == ["Abala", "Bedan"]


def test_a_capital_that_is_accused_is_no_place() -> None:
    words = "Norland accused Ardan"
    parse = ([1, 1, 1], ["nsubj", "ROOT", "obj"], ["PROPN", "VERB", "PROPN"])
    assert given(words, *parse, "accused", words, place(words, "Ardan"), target="Ardan", kind="ACCUSE") == []
    assert given(words, *parse, "accused", words, place(words, "Ardan"), target="Ardan") == ["Ardan"]
