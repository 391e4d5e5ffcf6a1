"""Figures with what they count, who is counted, and the bound as said."""

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from corroborate.model import Measure, Quantity, Span
from corroborate.read.grammar.words import Words
from corroborate.read.numbers import Number, find_numbers
from corroborate.read.quantity.counted import Phrase, harm_words, phrase_after
from corroborate.read.quantity.harm import Done, done_to
from corroborate.read.quantity.uncounted import counts_nobody
from corroborate.read.when.find import date_spans

_HARM = ("killed", "injured", "missing", "detained", "displaced")
_ONE = re.compile(r"(?<![\w-])(?<!\bno )(?:an?|another|one)(?![\w'’-])", re.IGNORECASE)
_NO = re.compile(r"(?<![\w-])(?:no|zero)(?=\s+[a-z])(?!\s+(?:fewer|less|more|one|longer|doubt)\b)", re.IGNORECASE)
_BOTH = re.compile(r"(?<![\w-])both(?=\s+(?:\w+\s+){0,6}(?:were|are|have|had|died)\b)", re.IGNORECASE)
_MANIFOLD = re.compile(
    r"(?<![\w-])(?:double|triple|quadruple)(?=[\s-]+(?P<fatal>(?:fatal|deadly)\s+)?"
    r"(?P<what>homicide|murder|killing|slaying|shooting)s?\b(?!-))",
    re.IGNORECASE,
)
_TIMES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0}
_SHARE = re.compile(r"\s*(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
_FRACTION = re.compile(
    r"(?<![\w-])(?P<share>an? (?:third|quarter|fifth|tenth)|half|two[- ]thirds|three[- ]quarters|one[- ]third"
    r"|one in (?P<in>\w+))(?= of (?:the|its|all|those|civilians|people|residents"
    r"|\w+ (?:population|people|civilians|residents))\b)",
    re.IGNORECASE,
)
_OPENS_PART = re.compile(
    r"\b(?:including|among (?:them|whom|those)|of (?:whom|which|them)|mostly)\W+(?:at least\W+)?(?:\w+\W+and\W+)?$",
    re.IGNORECASE,
)
_CLOSES_PART = re.compile(
    r"\s+(?:(?:\w+ )?among (?:them|whom)(?=\s*(?:and\b|[,.;)]))|of (?:them|whom|which|those"
    r"|the (?:dead|deaths|fatalities|casualties|victims|wounded|injured|killed|displaced|detained))\b"
    r"|were (?:children|women|civilians)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r".{0,24}\b(?:and|,)\s+(?:(?:her|his|their|the)\s+)?", re.DOTALL)
_LIST_GAP = 60  # code points from one member of a list to the next
_ENDS_LIST = re.compile(r"[.;!?\n]\s|\bbut\b")
_NO_LIST = re.compile(r"[.;!?\n]\s|\bbut\b|^[^,:(–—]*$")  # the first member stands behind a mark
_LONE = re.compile(r"[,:(–—]\s*(?:the|his|her|their)\s+[\w-]+(?=,|\s+and\b)")
_FRACTIONS = {
    "two thirds": 2 / 3, "three quarters": 0.75, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1,
    "half": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: Number
    only_harm: bool  # an article, "no", "both": a figure only where harm is said


def find_quantities(doc: Doc) -> list[Quantity]:
    """Return the figures of a document in order, none overlapping; spans hold the bound words and the figure.

    A single person met with harm ("a man was killed") counts as one; "no civilians were killed" as nought. A figure
    whose measure is not sure is `other` where it counts something, and is left out where it may count nothing.
    """
    words = Words.of(doc)
    text = words.text
    if not len(words):
        return []
    dates = date_spans(text)
    candidates = _candidates(text, dates)
    numbers = {}
    for candidate in candidates:
        first, end = words.at(candidate.number.start, candidate.number.end)
        numbers[first] = end
    found: list[Quantity] = []
    joined: list[tuple[int, Done]] = []  # phrase ends and what was done, for figures joined by "and"
    for candidate in candidates:
        quantity = _quantity(text, words, candidate, numbers, joined)
        if quantity is not None:
            found.append(quantity)
    ordered = sorted([*found, *_shares(text, found), *_manifold(text)], key=lambda q: q.start)
    wholes = {at: ordered[whole] for at, whole in _parts(text, words, ordered).items()}
    return [
        replace(q, part_of=Span.of(text, wholes[at].start, wholes[at].end)) if at in wholes else q
        for at, q in enumerate(ordered)
    ]


def _itemised(text: str, quantities: list[Quantity]) -> dict[int, int]:
    """Return the figures that list what a total is made of ("four people, the driver and three pupils"), by position.

    The list follows the total behind a mark, has two members at least, and comes to the total exactly.
    """
    parts: dict[int, int] = {}
    for whole, total in enumerate(quantities):
        if whole in parts:
            continue
        members: list[int] = []
        added, end = 0.0, total.end
        for at in range(whole + 1, len(quantities)):
            gap = text[end : quantities[at].start]
            if (
                len(gap) > _LIST_GAP
                or quantities[at].measure != total.measure
                or (_ENDS_LIST if members else _NO_LIST).search(gap)
            ):
                break
            added += len(_LONE.findall(gap)) + _size(quantities[at])
            members.append(at)
            end = quantities[at].end
            listed = len(members) > 1 or added > _size(quantities[at])
            if total.bound == "exact" and listed and added == _size(total):
                parts.update(dict.fromkeys(members, whole))
    return parts


def _parts(text: str, words: Words, quantities: list[Quantity]) -> dict[int, int]:
    """Return which figures are parts of another, by position."""
    parts = _itemised(text, quantities)
    for at, part in enumerate(quantities):
        left = text[max(0, part.start - 24) : part.start]
        right = text[part.end : part.end + 28]
        opens, closes = _OPENS_PART.search(left), _CLOSES_PART.match(right)
        same = at > 0 and quantities[at - 1].measure == part.measure
        follows = same and at - 1 in parts and _GOES_ON.fullmatch(text[quantities[at - 1].end : part.start])
        if at in parts or not (opens or closes or follows):
            continue
        if follows and not (opens or closes):
            parts[at] = parts[at - 1]
            continue
        for whole in range(at - 1, -1, -1):
            if quantities[whole].measure != part.measure or whole in parts:
                continue
            near = (
                words.sentence(words.at(part.start, part.end)[0])[0]
                <= words.at(quantities[whole].start, quantities[whole].end)[0]
            )
            if (near or closes) and _size(quantities[whole]) >= _size(part):
                parts[at] = whole
            break
    for at, whole in parts.items():  # a part of a part is one of the whole
        while whole in parts:
            whole = parts[whole]
        parts[at] = whole
    return parts


def _size(quantity: Quantity) -> float:
    return quantity.high if quantity.high is not None else quantity.low or 0.0


def _candidates(text: str, dates: list[tuple[int, int]]) -> list[_Candidate]:
    numbers = [n for n in find_numbers(text) if not counts_nobody(text, n, dates) and not _is_no_one(text, n)]
    taken = [(n.start, n.end) for n in numbers]
    found = [_Candidate(n, only_harm=n.spelt and n.value == 1 and n.bound == "exact") for n in numbers]
    for pattern, value in ((_ONE, 1.0), (_NO, 0.0), (_BOTH, 2.0)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in taken):
                number = Number(
                    start=start,
                    end=end,
                    core_start=start,
                    core_end=end,
                    low=value,
                    high=value,
                    bound="exact",
                    spelt=True,
                )
                found.append(_Candidate(number, only_harm=True))
    return sorted(found, key=lambda c: c.number.start)


def _is_no_one(text: str, number: Number) -> bool:
    return number.value == 1 and text[max(0, number.start - 3) : number.start].lower() == "no "


def _quantity(
    text: str, words: Words, candidate: _Candidate, numbers: dict[int, int], joined: list[tuple[int, Done]]
) -> Quantity | None:
    number = candidate.number
    first, after = words.at(number.start, number.end)
    if _SHARE.match(text[number.end : number.end + 12]):
        match = _SHARE.match(text[number.end : number.end + 12])
        end = number.end + (match.end() if match else 0)
        return _made(text, number, "share", None, end, scale=0.01) if number.value <= 100 else None
    phrase = phrase_after(words, after) if after < len(words) else Phrase(after, after, None, None, None)
    if phrase.head is None and words.low[after : after + 1] == ["shot"] and _is_gunshot(words, after):
        return None
    if (
        candidate.only_harm
        and phrase.head is None
        and words.low[after : after + 1] != ["of"]
        and number.value == 1
        and not _headless(words, after)
    ):
        return None
    if candidate.only_harm and words.low[phrase.end : phrase.end + 1] == ["of"] and phrase.end + 1 in numbers:
        return None  # "a family of five": the five are counted
    if _counts_nobody_here(words, first, after, phrase, number):
        return None
    aside = {"including", "among"}.intersection(words.low[max(0, first - 2) : first])
    if aside and words.low[phrase.end : phrase.end + 1] and words.low[phrase.end] not in harm_words():
        # "including two women 29 injured": the part shares what was done to the whole, before what follows.
        done = _joined(words, first, joined) or done_to(words, first, phrase, numbers)
    else:
        done = done_to(words, first, phrase, numbers) or _joined(words, first, joined)
    if done is not None and (phrase.head is None or phrase.measure in (None, "fighters", "detained", *_HARM)):
        measure: Measure | None = done.measure
        if phrase.measure in _HARM and phrase.measure != "detained":
            measure = phrase.measure  # "12 deaths", whatever the verb
        joined.append((phrase.end, done))
        return _made(text, number, measure, phrase)
    if candidate.only_harm:
        # "one was killed and another injured", but "a dead-end street"
        alone = phrase.head == after and words.low[after] in harm_words() and words.low[after + 1 : after + 2] != ["-"]
        noun = phrase.head is not None and (number.value == 0 or alone) and phrase.measure in ("killed", "injured")
        return _made(text, number, phrase.measure, phrase) if noun else None
    if phrase.measure is not None:
        return _made(text, number, phrase.measure, phrase)
    if _is_population(words, first, phrase):
        return _made(text, number, "population", phrase)
    if phrase.head is not None:
        return _made(text, number, "other", phrase)
    return None


_PARENTS = frozenset(["father", "mother", "parent", "dad", "mom", "mum", "parents", "grandmother", "grandfather"])


def _counts_nobody_here(words: Words, first: int, after: int, phrase: Phrase, number: Number) -> bool:
    """Say whether the words around a figure show that it counts nobody who was harmed.

    "A father of four was killed", "six people from one family", "both ankles", "Ziad 13 was hurt" (an age without its
    comma), "a dead-end street".
    """
    low = words.low
    if low[first - 1 : first] == ["of"] and low[first - 2 : first - 1] and low[first - 2] in _PARENTS:
        return phrase.head is None or low[phrase.end : phrase.end + 1] == ["was"]
    if number.value == 1 and low[first - 1 : first] and low[first - 1] in ("from", "of") and after < len(words):
        return low[after] in ("family", "household")
    if phrase.head is None and low[after : after + 1] and (number.high or number.value) > 1:
        if low[first] == "both" and low[after] not in ("were", "are", "have", "had", "died", "of"):
            return True
        named = first > 0 and words.doc[first - 1].ent_type_ in ("PERSON", "PER") and not number.spelt
        verb = low[after] in ("was", "is", "has") and words.doc[after].is_lower  # no "IS members"
        one = verb and low[first - 1 : first] != ["of"]  # "a family of five was killed"
        return one or (named and words.tag[after] in ("VERB", "AUX"))
    return False


def _headless(words: Words, after: int) -> bool:
    """Say whether what was done stands behind a "one" without a noun ("one died"), and of no thing ("a burned car")."""
    k = after
    while k < len(words) and (words.low[k].endswith("ly") or words.low[k] in ("was", "is", "later", "man", "other")):
        k += 1
    own = k + 1 < len(words) and words.tag[k] in ("ADJ", "VERB") and words.tag[k + 1] in ("NOUN", "PROPN")
    return k < len(words) and (words.low[k] in harm_words() - {"burned"} or "fatally" in words.low[after:k]) and not own


_FIRES = frozenset(["fire", "fires", "fired", "firing", "heard", "hear", "took", "take", "taking", "single"])
_RANG = [["was", "fired"], ["was", "heard"], ["rang", "out"], ["came", "through"]]


def _is_gunshot(words: Words, k: int) -> bool:
    """Say whether "a shot", "one shot" is of a gun: "he fired one shot", "a shot rang out"."""
    article = words.low[k - 1] in ("a", "another") and words.low[k + 1 : k + 2] not in (["dead"], ["to"])
    return article or bool(_FIRES.intersection(words.low[max(0, k - 5) : k])) or words.low[k + 1 : k + 3] in _RANG


def _joined(words: Words, first: int, joined: list[tuple[int, Done]]) -> Done | None:
    """Give a figure what was done to the people it is joined to ("killed three men and two women")."""
    if not joined or words.sentence(first)[0] > joined[-1][0]:
        return None
    between = words.low[joined[-1][0] : first]
    if between and all(word in _JOINED for word in between) and len(between) <= 3:
        return joined[-1][1] if joined[-1][1].word < joined[-1][0] else None
    # "12 people were killed, including seven children": the part shares what was done to the whole.
    word = joined[-1][
        1
    ].word  # before the people, or behind the aside ("23 civilians - including nine children - dead")
    aside = words.low[max(word if word < first else 0, first - 5) : first]
    if any(word in _PART_OPENERS for word in aside):
        return Done(joined[-1][1].measure, joined[-1][1].word)
    return None


_JOINED = frozenset(["and", ",", "or", "her", "his", "their", "the", "another", "plus"])
_PART_OPENERS = frozenset(["including", "among", "mostly", "included", "whom"])


def _is_population(words: Words, first: int, phrase: Phrase) -> bool:
    start, _ = words.sentence(first)
    if words.low[phrase.end : phrase.end + 1] in (["live"], ["lived"], ["living"]) and phrase.head is not None:
        return True  # "3 million people live in the province"
    left = words.low[max(start, first - 14) : first]
    if "population" in left or left[-2:] == ["home", "to"]:
        return phrase.head is None or words.low[phrase.head] in ("people", "residents", "inhabitants", "civilians")
    return False


def _made(
    text: str,
    number: Number,
    measure: Measure | None,
    phrase: Phrase | None,
    end: int | None = None,
    scale: float = 1.0,
) -> Quantity | None:
    if measure is None:
        return None
    span = Span.of(text, number.start, end or number.end)
    return Quantity(
        start=span.start,
        end=span.end,
        text=span.text,
        measure=measure,
        who=phrase.who if phrase else None,
        low=number.low * scale if number.low is not None else None,
        high=number.high * scale if number.high is not None else None,
        bound=number.bound,
    )


def _shares(text: str, found: list[Quantity]) -> list[Quantity]:
    shares = []
    for match in _FRACTION.finditer(text):
        start, end = match.span()
        if any(q.start < end and start < q.end for q in found):
            continue
        value = _fraction(match)
        if value is not None:
            shares.append(
                Quantity(
                    start=start, end=end, text=match[0], measure="share", who=None, low=value, high=value, bound="exact"
                )
            )
    return shares


def _manifold(text: str) -> list[Quantity]:
    """Return the figures of acts named by how many they hit: "a double homicide", "a triple shooting"."""
    found = []
    for match in _MANIFOLD.finditer(text):
        killed = match["fatal"] or not match["what"].lower().startswith("shooting")
        found.append(
            Quantity(
                start=match.start(), end=match.end(), text=match[0],
                measure="killed" if killed else "injured", who=None,
                low=_TIMES[match[0].lower()], high=_TIMES[match[0].lower()], bound="exact",
            )
        )  # fmt: skip
    return found


def _fraction(match: re.Match[str]) -> float | None:
    if match["in"]:
        numbers = find_numbers(match["in"])
        return 1 / numbers[0].value if numbers and numbers[0].value else None
    words = match["share"].lower().replace("-", " ")
    return next((value for name, value in _FRACTIONS.items() if words.endswith(name)), None)
