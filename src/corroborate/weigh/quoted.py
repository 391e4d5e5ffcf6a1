"""On whom a report rests that tells of an incident in its own words and quotes one voice alone."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corroborate.knowledge.lexicon import lexicon
from corroborate.weigh.case import Case, holds
from corroborate.weigh.voices import PRESS, Voice, beside


def resting(case: Case, heard: Sequence[Voice]) -> list[Voice]:
    """Return the voices with the own words of such a report laid to the one voice that it quotes.

    "Twelve died near Ber. 'Our fighters are back,' the group said": whom other reports name, or who lived through it,
    may well have told of it. Another quoted voice (a commentator) shows nothing of whence the report has what it tells.
    """
    own = {voice.claim.document for voice in heard} - {voice.claim.document for voice in heard if not _tells(voice)}
    laid: dict[str, list[Voice]] = defaultdict(list)
    for voice in beside(case):
        laid[voice.claim.document].append(voice)
    known = {key for voice in heard if voice.pointed and voice.kind not in PRESS for key in _keys(voice)}
    speakers = {
        document: voices[0]
        for document, voices in laid.items()
        if document in own
        and len({voice.key for voice in voices}) == 1
        and all(voice.pointed and voice.kind not in PRESS and holds(voice.claim) for voice in voices)
        and (not known.isdisjoint(_keys(voices[0])) or any(_lived_through(voice) for voice in voices))
    }
    return [
        replace(speakers[voice.claim.document], claim=voice.claim, heading=voice.heading)
        if voice.claim.document in speakers
        else voice
        for voice in heard
    ]


def _tells(voice: Voice) -> bool:
    """Whether the outlet tells in its own words, and has not seen for itself."""
    return voice.kind in PRESS and voice.key == voice.home and not voice.witness


def _keys(voice: Voice) -> set[str]:
    return {voice.key, *([voice.body.key] if voice.body is not None else [])}


def _lived_through(voice: Voice) -> bool:
    """Whether a named person without an office speaks of himself, or is called a survivor or one of a victim's kin."""
    source = voice.claim.source
    if voice.kind != "person" or voice.party is not None or voice.body is not None or source is None:
        return False
    rules = lexicon("origins")
    kin = "|".join(rules["kin"])
    verbs = "|".join([*rules["living_through"], *rules["seeing"], *rules["attesting"]])
    himself = rf"\b(?:I|he|she) (?:had |have )?(?:{verbs})\b|\b(?:my|his|her) (?:\w+ )?(?:{kin})\b"
    called = rf"\b(?:{'|'.join(rules['lived_through'])}|(?:{kin}) of)\b"
    return (
        re.search(himself, voice.claim.text, re.IGNORECASE) is not None
        or re.search(called, source.text, re.IGNORECASE) is not None
    )
