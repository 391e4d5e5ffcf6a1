"""What a text points to as evidence: videos, photos, documents and links, with the address where one is given."""

import re

from spacy.tokens import Doc

from corroborate.model import Evidence, EvidenceKind, Span
from corroborate.read.grammar.words import Words

_LINK = re.compile(
    r"https?://[^\s<>\"”’)\]]+[\w/]|(?<![\w./@])(?:pic\.twitter\.com|t\.co|youtu\.be)/\w+"
    # What is left of a short address where the punctuation is gone.
    r"|(?<!\w)https?\s+(?P<short>t co)\s+(?P<id>[A-Za-z0-9]{8,12})(?!\w)"
    r"|(?<!\w)(?P<pic>pic twitter com)\s+(?P<picid>[A-Za-z0-9]{8,12})(?!\w)",
)
_KINDS: list[tuple[EvidenceKind, str]] = [
    (
        "video",
        r"(?:(?:amateur|drone|mobile phone|cell ?phone|security camera|surveillance|cctv|graphic|online|unverified"
        r"|verified|dashcam|body ?cam)\s+)?"
        r"(?:videos?(?:\s+(?:footage|clips?|evidence|recordings?|tapes?))?|footage|(?:video|youtube)\s?clips?"
        r"|live ?streams?)",
    ),
    (
        "photo",
        r"(?:satellite|aerial|thermal|radar)\s+(?:images?|imagery|photos?|photographs?|pictures?)"
        r"|photos?|photographs?|photographic evidence"
        r"|(?:graphic\s+)?(?:images|pictures)"
        r"(?=\s+(?:show|showed|showing|of|from|posted|shared|circulat\w+|emerged|released|published|taken|on"
        r"|appear\w*|purport\w*|depict\w*)\b)|screenshots?",
    ),
    (
        "document",
        r"(?:leaked|internal|classified|declassified|confidential|obtained|court|hospital|medical|official|military)"
        r"\s+(?:documents?|records?|memos?|cables?|files)"
        r"|death certificates?|autopsy reports?|(?:phone|intercepted)\s+(?:intercepts?|calls?|communications?)"
        r"|flight (?:logs|records|data)",
    ),
]
_WORDS = [(kind, re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)) for kind, body in _KINDS]
# A page's own furniture is no evidence for anything: "Watch the video", "Featured image", "Photo by", "(Photo: AP)".
_FURNITURE_BEFORE = re.compile(
    r"(?:\b(?:watch|this|file|featured|view|see|more|play|stock|enlarge|full)\s+(?:the\s+)?|[(\[]\s*)$", re.IGNORECASE
)
_FURNITURE_AFTER = re.compile(
    r"\s*(?::|/|©|\||courtesy\b|credit\b|by\b|gallery\b|galleries\b|caption\b|game|games\b|editor|journalist|player|conference|call\b|link\b|message\b)",
    re.IGNORECASE,
)
_WATCHING = re.compile(r"\bto watch this $|enable javascript to $", re.IGNORECASE)


def find_evidence(doc: Doc) -> list[Evidence]:
    """Return the evidence that a document mentions or links to, in order; a link has its address as `link`.

    A link whose punctuation was lost ("https t co IQpHvEeBKR") gets its address back, since nothing but dots and
    slashes can have stood there.
    """
    text = Words.of(doc).text
    found = [_link(text, match) for match in _LINK.finditer(text)]
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            span = Span.of(text, *match.span())
            if any(other.overlaps(span) for other in found) or _is_furniture(text, span):
                continue
            found.append(Evidence(start=span.start, end=span.end, text=span.text, kind=kind, link=None))
    return sorted(found, key=lambda evidence: evidence.start)


def _link(text: str, match: re.Match[str]) -> Evidence:
    if match["short"]:
        link = f"https://t.co/{match['id']}"
    elif match["pic"]:
        link = f"https://pic.twitter.com/{match['picid']}"
    else:
        link = match[0] if match[0].startswith("http") else f"https://{match[0]}"
    kind: EvidenceKind = "link"  # pic.twitter.com holds films as well as photos
    if re.match(r"https?://(?:www\.|m\.)?(?:youtube\.com|youtu\.be)/", link):
        kind = "video"
    return Evidence(start=match.start(), end=match.end(), text=match[0], kind=kind, link=link)


def _is_furniture(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 28) : span.start]
    return bool(_FURNITURE_BEFORE.search(before) or _FURNITURE_AFTER.match(text, span.end) or _WATCHING.search(before))
