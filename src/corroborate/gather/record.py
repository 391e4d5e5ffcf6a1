"""One record of an export, a social post or an article, read under the several names that its fields go by."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from corroborate.gather.dates import Order, published
from corroborate.gather.html_post import links_in
from corroborate.gather.item import Draft, Paragraphs, printable
from corroborate.model import Post

# In order of preference. Seen in exports of Twitter (both interfaces), Telegram, Mastodon, Facebook and Reddit
# collectors, in FA-KES, and in tables of news passages.
TEXT = (
    "full_text",
    "text",
    "article_text",
    "article_content",
    "content",
    "body",
    "message",
    "selftext",
    "tweet",
    "post",
)
DATE = (
    "created_at", "published_at", "published", "date_published", "publication_date", "posted_at", "date",
    "article_date", "timestamp", "datetime", "dct", "created_utc", "time",
)  # fmt: skip
_TITLE = ("title", "article_title", "headline")
_OUTLET = ("outlet", "publisher", "publication", "newspaper", "site_name", "source")
_URL = ("url", "link", "uri", "permalink", "tweet_url", "post_url", "source_url", "article_url")
_ARCHIVE = ("archive_url", "archived_url", "source_archive_url")
_ID = ("id_str", "id", "tweet_id", "post_id", "message_id", "unit_id", "source_id", "uuid")
_AUTHOR = ("author_name", "display_name", "user_name", "name", "author", "from", "byline", "user", "account")
_HANDLE = ("handle", "screen_name", "username", "user_screen_name", "author_handle", "acct")
_NESTED = ("user", "author", "account")
_LINKS = ("links", "urls", "expanded_urls", "outlinks", "media_urls")
# Only posts have these.
_OF_POSTS = {"full_text", "tweet", "tweet_id", "screen_name", "in_reply_to", "retweet_count", "reply_to_message_id"}
# A text is taken for a table by its content if its first line has a column of text and another of these.
KNOWN = frozenset((*TEXT, *DATE, *_TITLE, *_OUTLET, *_URL, *_ARCHIVE, *_ID, *_AUTHOR, *_HANDLE))
_TAG = re.compile(r"</?(?:p|br|a|span|div)\b[^>]*>", re.IGNORECASE)


def text_of(fields: Mapping[str, Any]) -> str:
    """Return the record's text: "" where no field holds one; Telegram's pieces are put together."""
    for name in TEXT:
        value = fields.get(name)
        if isinstance(value, list):
            value = "".join(str(part.get("text", "")) if isinstance(part, dict) else str(part) for part in value)
        if isinstance(value, str) and value.strip():
            return printable(_unmarked(value).replace("\r\n", "\n")).strip()
    return ""


def id_of(fields: Mapping[str, Any]) -> str | None:
    """Return the id that the record's own platform or set gave it."""
    return next(
        (str(fields[name]) for name in _ID if isinstance(fields.get(name), (str, int)) and fields[name] != ""), None
    )


def date_of(fields: Mapping[str, Any]) -> object:
    """Return the first field that holds a date, as it is written."""
    return next((fields[name] for name in DATE if fields.get(name) not in (None, "")), None)


def read_record(fields: Mapping[str, Any], media_type: str, order: Order | None) -> Draft | None:
    """Return the draft of a post (one segment with its author, handle, day, links) or an article; None without text."""
    text = text_of(fields)
    if not text:
        return None
    author, handle = _who(fields)
    title, outlet, url = _word(fields, _TITLE), _word(fields, _OUTLET), _address(fields, _URL)
    date = published(date_of(fields), "record", order)
    is_post = bool(handle or _OF_POSTS & fields.keys() or (author and not title and not outlet))
    paragraphs = Paragraphs()
    if is_post:
        post = Post(author=author, handle=handle, date=date.start if date else None, links=_links(fields, text))
        paragraphs.add(text, "post", post)
    else:
        if title and not text.startswith(title):
            paragraphs.add(title, "heading")
        paragraphs.add(text)
    return Draft(
        text=paragraphs.text,
        media_type=media_type,
        segments=paragraphs.segments,
        title=None if is_post else title,
        author=author,
        outlet=None if is_post else outlet,  # a platform is no outlet: its users are not one origin
        url=url,
        archive_url=_address(fields, _ARCHIVE),
        published=date,
    )


def _who(fields: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the author's name and handle, from the record itself or from the object that it holds for its user."""
    nested: Mapping[str, Any] = next((fields[name] for name in _NESTED if isinstance(fields.get(name), dict)), {})
    handle = _word(nested, _HANDLE) or _word(fields, _HANDLE)
    author = _word(nested, _AUTHOR) or _word(fields, _AUTHOR)
    if author and author.startswith("@") and " " not in author:
        author, handle = None, handle or author
    return author, handle.lstrip("@") if handle else None


def _word(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    found = (fields[name].strip() for name in names if isinstance(fields.get(name), str))
    return next((printable(word) for word in found if word), None)


def _address(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    found = (_word(fields, (name,)) for name in names)
    return next((word for word in found if word and re.match(r"https?://\S+$", word)), None)


def _links(fields: Mapping[str, Any], text: str) -> tuple[str, ...]:
    links = links_in(text)
    entities = fields.get("entities")
    for value in (*(fields.get(name) for name in _LINKS), entities.get("urls") if isinstance(entities, dict) else None):
        for link in value if isinstance(value, list) else [value]:
            address = link.get("expanded_url") or link.get("url") if isinstance(link, dict) else link
            if isinstance(address, str) and address.startswith("http"):
                links.append(printable(address))
    return tuple(dict.fromkeys(links))


def _unmarked(value: str) -> str:
    """Return a text without its HTML, where it is HTML (Mastodon's content is)."""
    if not value.lstrip().startswith("<") or not _TAG.search(value):
        return value
    from trafilatura.utils import load_html

    element = load_html(f"<html><body>{value}</body></html>")
    if element is None:
        return value
    for tag in ("br", "p"):
        for each in element.iter(tag):
            each.tail = "\n" + (each.tail or "")
    return str(element.text_content())
