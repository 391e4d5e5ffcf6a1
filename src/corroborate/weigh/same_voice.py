"""Which voices of an incident are one: by name, title, institution, hearsay, and what a heading or a pronoun means."""

import re
from collections import defaultdict

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Document
from corroborate.weigh.bodies import name_key
from corroborate.weigh.case import Case, party_name, publisher, tokens
from corroborate.weigh.groups import Groups, distance
from corroborate.weigh.voices import PRESS, UNRESOLVED, Voice, around, is_handle_of


def same_names(heard: list[Voice], groups: Groups) -> None:
    """Join a short form to the one longer name that it can mean: "Surovikin", "the Observatory", "SOHR", "@hcwatch"."""
    named = {voice.key: voice.name for voice in heard if voice.key.startswith("name:")}
    named |= {voice.body.key: voice.body.name for voice in heard if voice.body and voice.body.key not in named}
    for voice in heard:
        source = voice.claim.source if voice.kind == "organisation" and voice.party is not None else None
        if source is not None and source.name == voice.name and (alias := name_key(source.text)) not in named:
            # The register's name stands for what the text has: "army" is short for "the Philippine army".
            named[alias] = source.text
            groups.join(alias, voice.key, f"“{source.text}” is {voice.name}")
        if voice.body is not None:
            reason = f"“{voice.name}” speaks for {voice.body.name} (“{voice.body.said}”)"
            groups.join(voice.key, voice.body.key, reason)
    for key, name in sorted(named.items()):
        words = set(key.removeprefix("name:").split())
        longer = [
            other
            for other, full in sorted(named.items())
            if other != key and (words < set(other.removeprefix("name:").split()) or _acronym(name, full))
        ]
        if len({groups.find(other) for other in longer}) == 1:
            groups.join(key, longer[0], f"“{name}” is a short form of “{named[longer[0]]}”")
        written = [full for other, full in sorted(named.items()) if other != key and is_handle_of(name, full)]
        if len(written) == 1 and " " not in name.strip():
            reason = f"“@{name.lstrip('@')}” is written from “{written[0]}”"
            groups.join(key, name_key(written[0]), reason)


def same_titles(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join who is named by a title alone ("the colonel") to the one person of the document who has that title."""
    titles = set(lexicon("origins")["titles"])
    for voice in heard:
        words = tuple(word for word in tokens(voice.name) if word != "the")
        if not voice.key.startswith("name:") or not words or not set(words) <= titles:
            continue
        bearers = {
            groups.find(other.key): other
            for other in heard
            if other.key.startswith("name:")
            and not set(tokens(other.name)) <= titles
            and _bears(other, words, case.document(voice.claim), case.document(other.claim))
        }
        if len(bearers) == 1:
            bearer = next(iter(bearers.values()))
            groups.join(voice.key, bearer.key, f"“{voice.name}” is {' '.join(words)} {bearer.name}")


def _bears(voice: Voice, title: tuple[str, ...], *documents: Document) -> bool:
    """Whether one of the documents gives a voice that title ("Governor Adam Suleiman")."""
    named = f"{' '.join(title)} {' '.join(tokens(voice.name))}"
    return any(named in re.sub(r"[^\w]+", " ", document.text.casefold()) for document in documents)


def hearsay(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join who passes on what another voice of the incident told him to that voice ("told by", "citing")."""
    known = {voice.name: voice for voice in heard if voice.pointed and voice.kind not in PRESS}
    for voice in heard:
        if not voice.pointed or voice.kind in PRESS:
            continue
        document = case.document(voice.claim)
        low, high = next(
            ((low, high) for low, high in document.sentences if low <= voice.claim.start < high),
            (voice.claim.start, voice.claim.end),
        )
        for name, other in sorted(known.items()):
            if groups.find(other.key) != groups.find(voice.key) and _passes_on(
                document.text[low:high], voice.name, name
            ):
                groups.join(voice.key, other.key, f"“{voice.name}” passes on what “{name}” told")


def _passes_on(sentence: str, who: str, whom: str) -> bool:
    said = "|".join(lexicon("origins")["passing_on"])
    return bool(re.search(rf"{re.escape(who)}.*?\b(?:{said})\s+(?:[\w’']+[ ,]+){{0,8}}?{re.escape(whom)}\b", sentence))


def _beside_cue(case: Case, voice: Voice, heard: list[Voice]) -> Voice | None:
    """Return the named voice of the incident whose name stands right before or behind an unresolved claim's cue."""
    cue = voice.claim.cue
    if cue is None:
        return None
    text = case.document(voice.claim).text
    before, after = around(cue, text)
    found = {
        other.key: other
        for other in heard
        if other.pointed and other.kind not in PRESS and (before.endswith(other.name) or after.startswith(other.name))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def unresolved(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join a pronoun or short name that could not be told to a voice that its document names: it means one of them."""
    for voice in heard:
        if voice.name != UNRESOLVED:
            continue
        beside = _beside_cue(case, voice, heard)
        if beside is not None:
            groups.join(voice.key, beside.key, f"“{beside.name}” stands beside “{voice.words}”")
            continue
        if not {"pronoun_unresolved", "name_ambiguous", "content_unsure"} & set(voice.claim.flags):
            continue
        named = [v for v in heard if v.pointed and v.claim.document == voice.claim.document and v.kind not in PRESS]
        before = [v for v in named if v.claim.start < voice.claim.start]
        if named:
            target = max(before or named, key=lambda other: (other.claim.start, other.claim.id))
            name = publisher(case.document(voice.claim))
            doubt = "a pronoun or short name"
            if "content_unsure" in voice.claim.flags:
                # Still the speaker's words, or the text's own again: then they rest on whom it names.
                doubt = "a sentence that may still be a speaker's"
            groups.join(voice.key, target.key, f"{doubt} in {name} is laid to one of those whom it names")


def _acronym(short: str, full: str) -> bool:
    letters = [word[0] for word in full.replace("-", " ").split() if word[0].isalpha()]
    capitals = "".join(letter for letter in letters if letter.isupper())
    return len(short) >= 3 and short.isupper() and short in (capitals, "".join(letters).upper())


def same_institution(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join those who speak for one institution of the register; two institutions of one side stay two."""
    speaking: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        if voice.party and voice.kind in ("person", "organisation") and _one_mouth(case, voice.party):
            speaking[voice.party].append(voice)
    for party, members in sorted(speaking.items()):
        for other in members[1:]:
            if groups.find(members[0].key) != groups.find(other.key):
                name = party_name(case.parties, party)
                reason = f"“{members[0].name}” and “{other.name}” both speak for one institution ({name})"
                groups.join(members[0].key, other.key, reason)


def _one_mouth(case: Case, party: str) -> bool:
    rules = lexicon("origins")
    if party.partition(".")[2] in rules["many_voiced"]:
        return False
    try:
        return case.parties.get(party).kind not in rules["many_mouths"]
    except KeyError:
        return True


def headings(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join whom only a heading names to a voice of the text below it: a heading sums up and adds no mouth."""
    in_texts = {voice.key for voice in heard if not voice.heading}
    for voice in heard:
        if voice.heading and voice.kind not in PRESS and voice.key not in in_texts:
            below = [
                v for v in heard if not v.heading and v.kind not in PRESS and v.claim.document == voice.claim.document
            ]
            if below:
                target = min(below, key=lambda other: (distance(voice, [other]), other.claim.start, other.claim.id))
                name = publisher(case.document(voice.claim))
                groups.join(voice.key, target.key, f"the heading of {name} (“{voice.name}”) sums up its text")
