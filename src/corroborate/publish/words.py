"""The plain words for each value of the model's closed sets. The words are ours; the values are the contract's."""

from corroborate.model import (
    Bound,
    Counted,
    DecisionKind,
    Disputed,
    EventType,
    EvidenceKind,
    HarmGroup,
    Modality,
    Polarity,
    SegmentKind,
    SourceKind,
    StrikeStatus,
    Voice,
)

VOICES: dict[Voice, str] = {
    "own": "in the writer's own voice",
    "attributed": "laid to somebody else",
    "unresolved": "somebody is meant, not sure who",
}
MODALITIES: dict[Modality, str] = {
    "asserted": "stated plainly",
    "reported": "reported on somebody's word",
    "hedged": "stated with a reservation",
    "speculated": "put as a possibility",
    "denied": "denied by its source",
}
POLARITIES: dict[Polarity, str] = {"affirmed": "as having happened", "negated": "as not having happened"}
KINDS: dict[SourceKind, str] = {
    "person": "a person",
    "organisation": "an organisation",
    "outlet": "an outlet",
    "agency": "a news agency",
    "post": "a social post",
    "document": "a document",
    "recording": "a recording",
    "unnamed": "nobody named",
}
BOUNDS: dict[Bound, str] = {
    "exact": "{low}",
    "at_least": "at least {low}",
    "more_than": "more than {low}",
    "up_to": "up to {high}",
    "less_than": "fewer than {high}",
    "about": "about {low}",
    "vague": "",
}
PEOPLE: dict[Counted | HarmGroup, str] = {
    "civilians": "civilians",
    "children": "children",
    "women": "women",
    "men": "men",
    "belligerents": "belligerents",
    "responders": "responders",
    "journalists": "journalists",
}
GROUPS: dict[Counted | HarmGroup, str] = {**PEOPLE, "unspecified": "people (not said who)"}
DISPUTED: dict[Disputed, str] = {
    "figure": "how many",
    "perpetrator": "who did it",
    "place": "where",
    "day": "when",
    "status": "who was harmed",
    "occurrence": "whether it happened",
}
STRIKES: dict[StrikeStatus, str] = {
    "declared": "declared strike",
    "likely": "likely strike",
    "contested": "contested strike",
    "single_source": "single source claim",
}
SEGMENTS: dict[SegmentKind, str] = {
    "dateline": "dateline",
    "heading": "heading",
    "body": "body",
    "post": "social post",
    "caption": "caption",
    "boilerplate": "page furniture",
}
EVIDENCE: dict[EvidenceKind, str] = {"video": "a video", "photo": "a photo", "document": "a document", "link": "a link"}
EVENTS: dict[EventType, str] = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "withdrawal",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "attack",
    "DISPLACE": "displacement",
    "DECLARE": "declaration",
    "CONTROL": "control of a place",
    "STATE": "state of things",
}
# The modes of PLOVER whose own word is not plain; the others are shown as they are.
MODES: dict[str, str] = {
    "aerial": "air strike",
    "drone": "drone strike",
    "heavy-weapons": "shelling or other heavy weapons",
    "firearms": "shooting",
    "explosives": "explosives",
    "suicide-attack": "suicide attack",
    "unconventional": "chemical or other unconventional weapons",
    "abduct": "abduction",
    "beat": "beating",
    "sexual": "sexual violence",
    "targeted": "targeted killing",
    "destroy": "destruction",
    "primitive": "blades or other simple weapons",
    "crowd-control": "force against a crowd",
    "martial-law": "martial law",
    "third-party": "mediation",
    "demo": "demonstration",
    "withdraw": "withdrawal",
    "release": "release of people held",
    "ceasefire": "ceasefire",
    "disarm": "disarmament",
    "arrest": "arrest",
    "troops": "mobilisation of troops",
}
DECISIONS: dict[DecisionKind, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "same": "said to be the same event",
    "not_same": "said not to be the same event",
    "split": "split",
    "merge": "merged",
    "reliability": "reliability set",
    "withdraw": "withdrawn",
}
# What the journal records, by the kind of its entry.
ENTRIES: dict[str, str] = {
    "document": "read and kept",
    "incidents": "incidents linked and weighed anew",
    "decision": "decision kept",
    "problem": "not read",
}
