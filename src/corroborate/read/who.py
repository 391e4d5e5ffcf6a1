"""Who a text speaks of: mentions of the register's parties, what "the coalition" is here, whom a role speaks for."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.names import words_of
from corroborate.knowledge.parties import Parties
from corroborate.model import PartyMention
from corroborate.read.grammar.arguments import preposition_of
from corroborate.read.grammar.words import Words

_ROLES = lexicon("roles")
_DEFINITE: dict[str, list[str]] = _ROLES["definite"]
_WORDS = {name: frozenset(words) for name, words in _ROLES["words"].items()}
_SAME, _SAME_COALITION, _CALLED = _WORDS["same"], _WORDS["same_coalition"], _WORDS["called"]
_PLACE_PREPOSITIONS, ATTRIBUTES, _STANCE = _WORDS["place_prepositions"], _WORDS["attribute"], _WORDS["stance"]
_FORMER, _OFFICE, _FOR_STATE, _NOT_STATE = (_WORDS[name] for name in ("former", "office", "for_state", "not_state"))
_SEAT_VERBS = _WORDS["seat_verbs"]
# Organs that a state's own name stands for in "the army", "the government".
_ORGAN_OF_KIND = {"armed_forces": "mil", "government": "gov"}
_KINDS = frozenset(["group", "movement", "alliance", "force", "army", "faction"])
_PRONOUNS = frozenset(["it", "they", "them", "its", "their"])


def party_names(doc: Doc, parties: Parties) -> list[tuple[int, int, str]]:
    """Return (start, end, id) of every name of a party in a Doc in reading order, widened to whole tokens."""
    spans: list[tuple[int, int, str]] = []
    for start, end, party in parties.find(Words.of(doc).text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and (not spans or span.start_char >= spans[-1][1]):
            spans.append((span.start_char, span.end_char, party))
    return spans


def find_parties(doc: Doc, parties: Parties) -> list[PartyMention]:
    """Return the parties that act or are acted on in a Doc, in reading order; spans are those of the names.

    Left out: a state that is only a place ("in Syria"), and a name that is an attribute of somebody else ("US-backed").
    "The coalition", "the group" are mentions of the one party of that kind that was named before; of none where there
    are several.
    """
    text = Words.of(doc).text
    found = [
        PartyMention(start=start, end=end, text=text[start:end], party=party)
        for start, end, party in party_names(doc, parties)
    ]
    definite = _definite(doc, text, found, parties)
    kept = [m for m in found if not _is_attribute(doc, text, m) and not _is_place(doc, m, parties)]
    seats = _seats(doc, parties)
    return sorted((*kept, *definite, *seats), key=lambda mention: mention.start)


def _seats(doc: Doc, parties: Parties) -> list[PartyMention]:
    """Return the cities that stand for the government in them, as who says, sends or denies something."""
    return [
        PartyMention(start=token.idx, end=token.idx + len(token), text=token.text, party=party)
        for token in doc
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in _SEAT_VERBS and (party := parties.seat(token.text))
    ]


def party_of_role(span: Span | Sequence[Token], parties: Parties, mentions: Iterable[PartyMention] = ()) -> str | None:
    """Return the party that somebody described so speaks for; None where the words do not say, or name two.

    `span` is the description ("commander of Russia's active forces in Syria", "Syrian lawmaker"); `mentions` are the
    document's, which settle "army spokesman" where they leave one candidate.
    """
    tokens = list(span)
    if not tokens:
        return None
    doc, start, end = tokens[0].doc, tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    words = [token.lower_ for token in tokens]
    if _FORMER & set(words):
        return None
    against = bool(_NOT_STATE & set(words))
    mentions = list(mentions)
    named = _of_whom(doc, start, end, parties, mentions)
    office = bool(_OFFICE & set(words))
    candidates: set[str] = set()
    for party, bare in named:
        if against and (parties.is_state(party) or parties.get(party).state):
            continue  # "Syrian opposition spokesman": a state's name, somebody else's voice
        if bare and parties.is_state(party):
            organ = _organ_in(party, words, parties)
            if organ or _FOR_STATE & set(words):
                candidates.add(organ or party)
        elif office or not bare:
            candidates.add(party)
    candidates = {party for party in candidates if not any(_belongs(party, other, parties) for other in candidates)}
    if len(candidates) == 1:
        return candidates.pop()
    if not named and office and not against:
        return _by_document(words, start, parties, mentions)
    return None


def _definite(doc: Doc, text: str, found: list[PartyMention], parties: Parties) -> list[PartyMention]:
    taken = {index for mention in found for index in range(mention.start, mention.end)}
    seen: set[str] = set()
    waiting = list(found)
    resolved = []
    called: dict[str, set[str]] | None = None
    for token in doc:
        while waiting and waiting[0].start < token.idx:
            mention = waiting.pop(0)
            if mention.party:
                seen.add(mention.party)
        kinds = _DEFINITE.get(token.lower_)
        if kinds is None or token.idx in taken or not _stands_alone(token):
            continue
        named = seen
        if token.lower_ in _CALLED:
            called = _called(text, found) if called is None else called
            named = called.get(token.lower_.removesuffix("s"), set())
        named = named or (seen if token.lower_ == "regime" else set())
        party = _only_one(kinds, seen & named, parties)
        if party:
            start, end = token.idx, token.idx + len(token)
            resolved.append(PartyMention(start=start, end=end, text=text[start:end], party=party))
    return resolved


def _called(text: str, found: Sequence[PartyMention]) -> dict[str, set[str]]:
    """Return the parties that a document calls by each noun, in its singular: "M23 rebels", "the rebel group M23"."""
    called: dict[str, set[str]] = {}
    for mention in found:
        before = [word.key for word in words_of(text[max(0, mention.start - 25) : mention.start])[-2:]]
        near = [word.key for word in words_of(mention.text)]
        near += [word.key for word in words_of(text[mention.end : mention.end + 20])[:1]]
        near += before[:1] if before[1:] and before[1] in _KINDS else before[-1:]
        for key in near if mention.party else ():
            called.setdefault(key.removesuffix("s"), set()).add(mention.party or "")
    return called


def _stands_alone(token: Token) -> bool:
    """Say whether a noun is definite, or a name before another noun, and nothing before it makes it another one.

    "The group of men" and "the army base" are others.
    """
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is not None and after.lower_ == "of" and token.lower_ not in ("army", "government", "military"):
        return False
    before = [doc_token.lower_ for doc_token in token.doc[max(0, token.i - 2) : token.i]]
    if not before:
        return False
    # "Coalition jets", and in a headline "Coalition hits town".
    bare = token.text == "Coalition" or (
        token.dep_ in ("compound", "nmod:poss") and token.lower_ in ("coalition", "regime")
    )
    if before[-1] in ("the", "this", "that"):
        return True
    same = _SAME | _SAME_COALITION if token.lower_ == "coalition" else _SAME
    if len(before) == 2 and before[0] in ("the", "this", "that") and before[-1] in same:
        return True
    return bare and token.i > 0 and token.nbor(-1).pos_ not in ("ADJ", "PROPN", "NOUN", "VERB", "DET")


def _only_one(kinds: Sequence[str], seen: set[str], parties: Parties) -> str | None:
    direct = {party for party in seen if parties.get(party).kind in kinds}
    if len(direct) == 1:
        return next(iter(direct))
    if direct:
        return None
    organ = next((_ORGAN_OF_KIND[kind] for kind in kinds if kind in _ORGAN_OF_KIND), None)
    states = {party.partition(".")[0] for party in seen if parties.is_state(party.partition(".")[0])}
    return f"{states.pop()}.{organ}" if organ and len(states) == 1 else None


def _is_attribute(doc: Doc, text: str, mention: PartyMention) -> bool:
    if words_of(mention.text)[0].key in _STANCE:
        return True  # one token holds both
    left = text[max(0, mention.start - 10) : mention.start]
    before = words_of(left)[-1:]
    if before and before[0].key in _STANCE and not left[before[0].end :].strip(" -–‑"):
        return True
    after = words_of(text[mention.end : mention.end + 20])[:1]
    if not after or after[0].key not in ATTRIBUTES:
        return False
    if text[mention.end : mention.end + after[0].start].strip(" ") in ("-", "–", "‑"):
        return True
    # "US backed militia" has lost its hyphen; in "the SDF held the bridge" it is a verb.
    span = doc.char_span(mention.end + after[0].start, mention.end + after[0].end, alignment_mode="expand")
    if span is None or span.root.head.i <= span.root.i:
        return False
    return span.root.dep_ == "amod" or span.root.head.pos_ in ("NOUN", "PROPN", "ADJ")


def _is_place(doc: Doc, mention: PartyMention, parties: Parties) -> bool:
    if mention.party is None or not parties.is_state(mention.party):
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    if mention.text.isupper() and span.end < len(doc) and doc[span.end].pos_ == "NOUN":
        return False
    if root.head.i > root.i and root.head.pos_ in ("NOUN", "PROPN"):
        return False  # "in US strikes": the state is not where, but whose
    before = doc[span.start - 1].lower_ if span.start else ""
    return preposition_of(root) in _PLACE_PREPOSITIONS or before in _PLACE_PREPOSITIONS


def _of_whom(
    doc: Doc, start: int, end: int, parties: Parties, mentions: Sequence[PartyMention]
) -> list[tuple[str, bool]]:
    """Return the parties named inside a description and whether barely (no organ with it), without places."""
    span = doc.char_span(start, end, alignment_mode="expand")
    text = span.text[start - span.start_char :][: end - start] if span is not None else ""
    found: list[tuple[int, str, bool]] = []
    covered: set[int] = set()
    # The document knows what a short name means ("the Observatory's director").
    known = [
        (mention.start - start, mention.end - start, mention.party)
        for mention in mentions
        if mention.party and start <= mention.start and mention.end <= end and len(words_of(mention.text)) > 0
    ]
    alone = [hit for hit in parties.find(text) if not any(low < hit[1] and hit[0] < high for low, high, _ in known)]
    for low, high, party in sorted([*known, *alone]):
        covered.update(range(low, high))
        before = words_of(text[:low])[-1:]
        if parties.is_state(party) and before and before[0].key in _PLACE_PREPOSITIONS - {"of"}:
            continue
        if any(word.key in ATTRIBUTES for word in words_of(text[high : high + 20])[:1]):
            continue
        if before and before[0].key in _STANCE:
            continue
        found.append((low, party, "." not in party))
    for word in words_of(text):
        state = parties.state_of_people(word.text)
        following = [w.key for w in words_of(text[word.end : word.end + 20])[:1]]
        stance = any(w.key in _STANCE for w in words_of(text[: word.start])[-1:])
        if state and word.start not in covered and not stance and not (following and following[0] in ATTRIBUTES):
            found.append((word.start, state, True))
    return [(party, bare) for _, party, bare in sorted(found)]


def _organ_in(state: str, words: list[str], parties: Parties) -> str | None:
    """Return the one organ of a state that a description's words name anywhere in it."""
    organs = {organ for at in range(len(words)) if (organ := parties.organ(state, " ".join(words[at : at + 4])))}
    organs -= {f"{state}.gov"} if len(organs) > 1 else set()
    return organs.pop() if len(organs) == 1 else None


def _belongs(party: str, other: str, parties: Parties) -> bool:
    """Say whether `party` is only the state (or whole) of which `other` is the organ (or part)."""
    if party == other:
        return False
    found = parties.get(other)
    return found.state == party or found.part_of == party


def _by_document(words: list[str], start: int, parties: Parties, mentions: Iterable[PartyMention]) -> str | None:
    kinds = {kind for word in words for kind in _DEFINITE.get(word, ())}
    if not kinds:
        return None
    seen = {mention.party for mention in mentions if mention.party and mention.start < start}
    return _only_one(sorted(kinds), seen, parties)


def is_group_pronoun(token: Token) -> bool:
    """Say whether a token is a pronoun that can stand for a party."""
    return token.lower_ in _PRONOUNS
