"""Which names that the encoder called persons or organisations are those of places."""

from spacy.tokens import Span

from corroborate.knowledge.gazetteer import Gazetteer
from corroborate.knowledge.lexicon import lexicon

_WELL_KNOWN = 100_000  # people of a large city, of which the gazetteer has some 5,000
PERSON_OR_BODY = frozenset(["PERSON", "PER", "ORG", "NORP"])
# People who are of a place: what they are "of" is one.
_LOCALS = frozenset(lexicon("placewords")["locals"])


def is_place(ent: Span, persons: set[str], surnames: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether a name is that of a place all the same.

    `persons` and `surnames` are the words (in small letters) of the persons whom the document names in full.
    """
    if _heads(ent, surnames, gazetteer) or _is_of_locals(ent, surnames):
        return True
    return _is_well_known(ent, persons, gazetteer)


def _heads(ent: Span, surnames: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether what the encoder called a person stands alone as a sentence, or before a colon, and names a place.

    So posts and bulletins begin ("Shebekino. Shells on the factory."; "Ariha: two dead").
    """
    doc = ent.doc
    after = doc[ent.end].text if ent.end < len(doc) else "."
    starts = ent.start == 0 or bool(doc[ent.start].is_sent_start)
    alone = starts and after in (".", ":") and ent[-1].lower_ not in surnames
    return alone and bool(gazetteer.find(ent.text))


def _is_of_locals(ent: Span, surnames: set[str]) -> bool:
    """Say whether a name follows people who are of a place: "the priest of Dunmor", "residents of Hafir"."""
    before = [token.lower_ for token in ent.doc[max(0, ent.start - 2) : ent.start]]
    of = len(before) == 2 and before[0] in _LOCALS and before[1] in ("of", "in", "from")
    return of and len(ent) <= 2 and ent[-1].lower_ not in surnames


def _is_well_known(ent: Span, persons: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether what the encoder called a person or an organisation is but the name of a state or a large city.

    Not where the document names a person with that word ("Jordan" beside "Michael Jordan").
    """
    if ent.label_ not in PERSON_OR_BODY or len(ent) > 3 or any(token.lower_ in persons for token in ent):
        return False
    known = gazetteer.country_of(ent.text)
    if known is not None:
        return not known[1] and len(ent.text) > 3
    return any(
        e.kind == "state" or (e.kind == "city" and e.main and e.population >= _WELL_KNOWN)
        for e in gazetteer.find(ent.text)
    )
