"""For which institution a voice speaks, by the words that its document has beside its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Document
from corroborate.weigh.case import Case, tokens

# The words of an institution's name: capitals and the words that bind them, or up to four plain words before its noun.
_WORD = r"[\w’'&.-]+"
_BEFORE = 4
# "its spokesman" is of the institution named last before: within two sentences of an average news text (24 words of
# about six letters; GUM news).
_ITS_REACH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An institution as a document names it: its name, the key of it, and the words that say who speaks for it."""

    name: str
    key: str
    said: str


def body_of(case: Case, claim: Claim, name: str, unnamed: bool) -> Body | None:
    """Return the institution for which the claim's last voice speaks, None where the document does not say.

    `name` is the voice's name; `unnamed` whether it names nobody, in which case the phrase of the source alone is read.
    """
    document = case.document(claim)
    if claim.source is not None and (found := _in_phrase(case, claim.source.text, unnamed)) is not None:
        return found
    if claim.source is not None and (found := _its(case, document, "", claim.source.end)) is not None:
        return found
    if unnamed or not name:
        return None
    for start, end in _mentions(document, name):
        before, after = document.text[max(0, start - 120) : start], document.text[end : end + 120]
        found = _behind(case, name, after) or _ahead(case, name, before) or _its(case, document, name, start)
        if found is not None:
            return found
    return None


def party_of(case: Case, claim: Claim, name: str, body: Body | None) -> str | None:
    """Return the party (an id of the register) for which a named voice speaks by the document's words, None for none.

    "Colonel Ivo Marat of the Tarn army" speaks for the army, as its spokesman does; "a farmer of Tarn" for nobody.
    """
    if body is not None and (party := case.parties.by_alias(body.name)) is not None:
        return party
    document = case.document(claim)
    for _, end in _mentions(document, name):
        match = re.match(r",? (?:of|from) (?:the )?(?=\w)", document.text[end : end + 20])
        if match is not None:
            after = document.text[end + match.end() : end + 120]
            found = [party for start, _, party in case.parties.find(after) if start == 0]
            if found and not case.parties.is_state(found[0]):
                return found[0]
    own = case.parties.by_alias(name)
    if own is None and (seated := re.fullmatch(r"(?P<organ>.+) in (?P<city>[A-Z]\w+)", name)) is not None:
        # "The defence ministry in Ankara" is Turkey's.
        seat = case.parties.seat(seated["city"])
        own = case.parties.organ(seat.partition(".")[0], seated["organ"]) if seat is not None else None
    return own if own is not None and not case.parties.is_state(own) else None


def is_body(case: Case, name: str) -> bool:
    """Whether a name is that of an institution: by the register of parties, or by one of its nouns."""
    party = case.parties.by_alias(name)
    if party is not None:
        return case.parties.source_kind(party) == "organisation"
    return any(word in _nouns() for word in re.findall(r"[a-z]+", name.lower())) or counts_harm(name)


def counts_harm(name: str) -> bool:
    """Whether a name says that its bearer counts or cares for the harmed ("X Documentation Centre")."""
    return not set(lexicon("origins")["counts_harm"]).isdisjoint(re.findall(r"[a-z]+", name.lower()))


def name_key(name: str) -> str:
    """Return the key of a name, whatever the order of its words ("health ministry of X", "X health ministry")."""
    return "name:" + " ".join(sorted(tokens(name)))


def _in_phrase(case: Case, phrase: str, unnamed: bool) -> Body | None:
    """Read a source's own phrase: "an official at the Brunn health department", "Lea Brandt, head of the clinic"."""
    rules = lexicon("origins")
    single = re.fullmatch(
        rf"(?:an? |the )?(?P<body>{'|'.join(rules['single'])}) (?:{'|'.join(rules['spokesmen'])})",
        phrase,
        re.IGNORECASE,
    )
    if single is not None:
        return Body(name=single["body"], key=name_key(single["body"]), said=phrase)
    nouns = [*rules["speaks_for"], *rules["puts_out"], *(rules["works_at"] if unnamed else ())]
    role = rf"\b(?:{'|'.join(map(re.escape, nouns))})\b"
    match = re.search(rf"{role}(?: \w+ly)?,? (?:of|for|at|with|from|in|by)\s+(?P<body>.+)", phrase, re.IGNORECASE)
    if match is not None:
        return _body(case, match["body"], phrase, named=unnamed)
    match = re.match(rf"(?P<body>.+?)(?:['’]s?)?\s+{role}", phrase, re.IGNORECASE)
    if match is not None:
        return _body(case, match["body"], phrase, named=unnamed)
    office = re.match(
        rf"(?:the )?(?:{'|'.join(rules['offices'])}) (?:in|of|for) (?:the )?(?=[A-Z])", phrase, re.IGNORECASE
    )
    if unnamed and office is not None and phrase[office.end()].isupper():
        # "Prosecutors in the Kharkiv region" are the region's office.
        return Body(name=phrase, key=name_key(phrase), said=phrase)
    # "The district rescue service" is one in particular, "a rebel faction" is not.
    if (
        unnamed
        and phrase.split()[-1].lower() in _nouns()
        and phrase.split()[0].lower() not in ("a", "an", "one", "some")
    ):
        return _body(case, phrase, phrase, named=True)
    return None


def _behind(case: Case, name: str, after: str) -> Body | None:
    """Read what follows a name: ", a spokeswoman for the Red Crescent", ", director of the hospital"."""
    role = _roles()
    match = re.match(
        rf",? (?:who (?:is|was|runs|heads|leads) )?(?:the |a |an |its |their )?(?:\w+ ){{0,2}}?(?:{role})"
        rf"(?: \w+)?,? (?:of|for|at|with|from)\s+(?P<body>[^,;:.\n\"”]+)(?P<own>)",
        after,
    ) or re.match(
        r",? (?:who|which) (?:runs|heads|leads|directs)\s+(?P<body>[^,;:.\n\"”]+)"
        rf"|, (?:the|an?) (?P<own>(?:{_WORD} ){{1,5}}?)(?:{role})(?=[,.;]| \w+(?:ed|id|ld)\b)",
        after,
    )
    if match is None:
        return None
    return _body(case, match["body"] or match["own"], f"{name}{match[0]}")


def _ahead(case: Case, name: str, before: str) -> Body | None:
    """Read what stands before a name: "the hospital's director, ", "a spokesman for the ministry, "."""
    role = _roles()
    phrase = re.split(r"[.;:\n\"“”]\s*|, (?=[a-z]+ing )", before)[-1]
    match = re.search(
        rf"\b(?:{role})(?: \w+)? (?:of|for|at)\s+(?P<body>[^,]+?),? (?:{_titles()})?$", phrase, re.IGNORECASE
    ) or re.search(rf"(?P<body>(?:{_WORD} ){{1,6}}?)(?:deputy )?(?:{role}),? (?:{_titles()})?$", phrase)
    return _body(case, match["body"], f"{match[0].strip()} {name}") if match is not None else None


def _its(case: Case, document: Document, name: str, start: int) -> Body | None:
    """Read "Its spokesman, X": of the institution that was named last before."""
    # A sentence's end parts names; that of a short word is an abbreviation's ("St. Mary Hospital").
    before = re.sub(r"(?<=[a-z]{3})\. ", " | ", document.text[max(0, start - _ITS_REACH) : start])
    match = re.search(
        rf"\b(?:its|their|the (?:group|organisation|organization)['’]s) (?:{_roles()})(?:,? (?:{_titles()})?)?$",
        before,
        re.I,
    )
    if match is None:
        return None
    named = [
        found for found in re.finditer(rf"(?:[A-Z]{_WORD}(?: (?:of|for|and|the))? ?){{2,8}}", before[: match.start()])
        if is_body(case, found[0].strip())
    ]  # fmt: skip
    return _body(case, named[-1][0], f"{match[0].strip()} {name}") if named else None


def _body(case: Case, words: str, said: str, named: bool = False) -> Body | None:
    """Return the institution that words begin or end with, None where they name none."""
    name = re.sub(r"^(?:and|the|a|an|that|its|their|at|in|of)\s+", "", words.strip(" ,"), flags=re.IGNORECASE)
    name = re.sub(r"['’]s?$", "", name.strip())
    name = re.split(r"\s(?:who|which|that|said|told|says|where|on|after|before)\b|,", name)[0].strip()
    own = [word for word in tokens(name) if word not in (*lexicon("origins")["settlements"], "group")]
    if not own or len(name.split()) > 10:
        return None
    party = case.parties.by_alias(name)
    if party is not None and case.parties.is_state(party):
        return None  # "a US official": a state is no institution
    if not is_body(case, name) and tuple(sorted(tokens(name))) not in case.organisations:
        return None
    # "Officials at the hospital": which hospital is not said, and nobody in particular is pointed at.
    if named and len(own) < 2 and party is None:
        return None
    return Body(name=name, key="name:" + " ".join(sorted(own)), said=" ".join(said.split()))


def _mentions(document: Document, name: str) -> Iterator[tuple[int, int]]:
    words = [word for word in re.split(r"\s+", name) if word]
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for count, match in enumerate(pattern.finditer(document.text)):
        if count == 6:  # Who somebody is stands where he is named first.
            return
        yield match.span()


@cache
def _roles() -> str:
    return "|".join(re.escape(word) for word in lexicon("origins")["speaks_for"])


@cache
def _titles() -> str:
    """Return what may stand between a role and a name: "its director, Dr X", "its commander, Lt Col X"."""
    return (
        "(?:"
        + "|".join(re.escape(word) for word in lexicon("origins")["titles"])
        + r")\.? (?:(?:col|gen|cmdr)\.? |colonel |general )?"
    )


@cache
def _nouns() -> frozenset[str]:
    return frozenset([*lexicon("origins")["institutions"], *lexicon("cues")["sources"]["organisation_heads"]])
