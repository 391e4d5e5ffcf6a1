"""Whether an outlet saw for itself: its reporter is said to have seen, or says so in the first person."""

import re
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Document
from corroborate.weigh.case import publisher, tokens

_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
# From the reporter to what he saw: a clause, half of an average news sentence (24 words of about six letters; GUM).
_REACH = 80


def whose_reporter(document: Document) -> tuple[str, ...]:
    """Return the names of the outlets whose reporters are said to have seen something, in the order of the text.

    The document's own publisher stands for a reporter of whom no outlet is named ("a reporter at the scene saw").
    """
    own = publisher(document)
    text = _QUOTED.sub(lambda found: " " * len(found[0]), document.text)
    found = []
    for match in _seen().finditer(text):
        name = match["of"] or match["whose"] or match["outlet"]
        named = " ".join(name.split()) if name else own
        found.append(own if set(tokens(named)) <= set(tokens(own)) else named)
    return tuple(dict.fromkeys(found))


def in_first_person(document: Document, claim: Claim) -> bool:
    """Whether the sentence of a claim in the document's own voice says "I saw", outside quotation marks.

    Asked of the claim's own sentence alone: where marks are lost, others' first persons stand anywhere in a text.
    """
    low, high = next(((low, high) for low, high in document.sentences if low <= claim.start < high), (0, 0))
    return _first_person().search(_QUOTED.sub("", document.text[low:high])) is not None


@cache
def _seen() -> re.Pattern[str]:
    who, verbs = ("|".join(lexicon("origins")[key]) for key in ("reporters", "seeing"))
    return re.compile(
        r"(?<!told )(?<!to )"
        rf"(?:\b(?:[Aa]n?|[Oo]ur|[Tt]his|[Tt]he|[Tt]wo|[Tt]hree)\s+(?P<of>(?:[A-Z][\w&.-]*\s+){{0,4}})"
        rf"|(?P<whose>[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){{0,3}})['’]s\s+)"
        rf"(?:{who})(?:\s+(?:for|of|from|with)\s+(?:the\s+)?(?P<outlet>[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){{0,3}}))?"
        rf"\b[^.?!]{{0,{_REACH}}}?\b(?:{verbs})\b"
    )


@cache
def _first_person() -> re.Pattern[str]:
    rules = lexicon("origins")
    verbs = "|".join([*(word for word in rules["seeing"] if word != "seen"), *rules["attesting"]])
    teams = "|".join(rules["own_people"])
    who = rf"(?:I|[Ww]e|[Oo]ur\s+(?:\w+\s+)?(?:{teams}))"
    return re.compile(rf"\b{who}\s+(?:(?:have|has|had|also|myself|ourselves)\s+)?(?:{verbs})\b")
