"""Posts that an HTML page embeds: found by the platforms' marks, read for author, handle, day and links."""

import re
from typing import Any

from corroborate.gather.dates import published
from corroborate.gather.html_meta import unarchived
from corroborate.model import Post

# The classes of the blockquotes that the platforms hand out for embedding.
_CLASSES = (
    "twitter-tweet", "twitter-video", "instagram-media", "fb-post", "fb-xfbml-parse-ignore", "tiktok-embed",
    "bluesky-embed", "mastodon-embed", "telegram-post", "reddit-embed-bq", "text-post-media",
)  # fmt: skip
_PATH = "//*[self::blockquote or self::div][{}]".format(
    " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in _CLASSES)
)
# "— Name (@handle) June 9, 2017" (Twitter, Bluesky); "A post shared by Name (@handle) on Jun 9, 2017" (Instagram).
_SIGNED = re.compile(
    r"(?:[—–]|--|\bshared by)\s*(?P<author>[^()\n—–]*?)\s*\(@(?P<handle>[\w.\-@]+)\)\s*(?P<rest>.*)$", re.DOTALL
)
_POSTED_BY = re.compile(r"\bPosted by\s+(?P<author>[^\n]+?)\s+on\s+(?P<rest>.*)$", re.DOTALL)  # Facebook
_URL = re.compile(r"(?:https?://|\bpic\.twitter\.com/)[^\s<>\"']+")
_BREAKS = re.compile(r"[ \t\r\f\v\xa0]*\n\s*")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
# What XML cannot hold (XML 1.0, section 2.2) and an HTML page can: "&#1;".
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def take_posts(tree: Any) -> list[tuple[str, Post]]:
    """Replace each embedded post of the page by a plain paragraph; return the texts with what is known of each."""
    posts = []
    for element in tree.xpath(_PATH):
        if element.getparent() is None or any(True for _ in element.iterancestors("blockquote")):
            continue  # the inner of two marks of one post
        text = _text(element)
        if not text:
            continue
        posts.append((text, _post(text, element)))
        replace_by_paragraph(element, text)
    return posts


def replace_by_paragraph(element: Any, text: str) -> None:
    """Put one paragraph in the place of an element."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "p", text.replace("\n", " "), tail


def text_content(element: Any) -> str:
    """Return an element's text, without characters that could not be put back into a page."""
    return _NO_XML.sub("\ufffd", element.text_content())


def links_in(text: str) -> list[str]:
    """Return the addresses that stand in a text, without the punctuation that follows them."""
    return [match.rstrip(".,;:!?)]}”’…") for match in _URL.findall(text)]


def _post(text: str, element: Any) -> Post:
    signed = _SIGNED.search(text) or _POSTED_BY.search(text)
    found = signed.groupdict() if signed else {}
    day = published(found.get("rest", ""), "post")
    for stamp in element.xpath(".//time/@datetime"):
        day = day or published(str(stamp), "post")
    links = [unarchived(str(link)) for link in element.xpath(".//a/@href") if str(link).startswith("http")]
    return Post(
        author=found.get("author") or None,
        handle=(found.get("handle") or "").lstrip("@") or None,
        date=day.start if day else None,
        links=tuple(dict.fromkeys([*links_in(text), *links])),
    )


def _text(element: Any) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for paragraph in element.iter("p"):
        paragraph.tail = "\n" + (paragraph.tail or "")
    return _BREAKS.sub("\n", _SPACES.sub(" ", text_content(element))).strip()
