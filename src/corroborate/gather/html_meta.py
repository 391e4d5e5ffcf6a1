"""What an HTML page declares of itself: where it is from, where it was archived, when it was published.

The date is taken only from what is meant for machines: a date found in the running text may be any day.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corroborate.gather.dates import published
from corroborate.model import Published

# An address within an archive: web.archive.org/web/20170616051311/http://... ; archive.today/2017.06.16-051311/https://...
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_TODAY = re.compile(
    r"https?://archive\.(?:today|ph|is|li|vn|md|fo)/(?:\d{4}\.?\d\d\.?\d\d-?\d{6}|\d{14})/(http.+)", re.DOTALL
)
# Browsers note on a saved page where it came from: <!-- saved from url=(0042)https://... -->
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_PATH_DAY = re.compile(r"https?://[^/]+/(?:[^?#]*/)?((?:19|20)\d\d/[01]?\d/[0-3]?\d)/")

# In order of trust; the first that gives a date is taken. Names as publishers use them (Open Graph, schema.org,
# Dublin Core, Parse.ly, Sailthru, Google News).
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "publish_date",
    "publish-date", "publishdate", "pubdate", "article_date_original", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "date",
)  # fmt: skip
_DATE_TIMES = ("//time[@pubdate]", "//time[@itemprop='datePublished']", "//*[@itemprop='datePublished']")
_ARTICLE_TIMES = "//article//header//time[@datetime] | //header//time[@datetime] | //article//time[@datetime]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """The page's own address, the address of an archived copy, and the day of publication with what says so."""

    url: str | None
    archive_url: str | None
    published: Published | None


def page_meta(tree: Any, source: str) -> PageMeta:
    """Return what the page says; `tree` is the parsed page before anything was taken out, `source` its text."""
    saved = _SAVED.search(source[:8192])
    addresses = [*_values(tree, "//link[@rel='canonical']/@href"), *_metas(tree, "og:url")]
    addresses += [saved[1]] if saved else []
    addresses = [address for address in addresses if address.startswith(("http://", "https://"))]
    archived = next((address for address in addresses if unarchived(address) != address), None)
    url = next((unarchived(address) for address in addresses), None)
    return PageMeta(url=url, archive_url=archived, published=_published(tree, url))


def unarchived(address: str) -> str:
    """Return the address that an archive's address holds a copy of; any other address as it is."""
    match = _WAYBACK.fullmatch(address) or _TODAY.fullmatch(address)
    return match[1] if match else address


def _published(tree: Any, url: str | None) -> Published | None:
    return next((found for value, basis in _dates(tree, url) if (found := published(value, basis))), None)


def _dates(tree: Any, url: str | None) -> Iterator[tuple[str, str]]:
    yield from ((value, "JSON-LD datePublished") for value in _linked_data(tree))
    for name in _DATE_METAS:
        yield from ((value, name) for value in _metas(tree, name))
    for path in _DATE_TIMES:
        for element in tree.xpath(path):
            yield element.get("datetime") or element.get("content") or element.text_content(), "time element"
    times = tree.xpath(_ARTICLE_TIMES)
    if len({element.get("datetime")[:10] for element in times}) == 1:  # several may be of several articles
        yield times[0].get("datetime"), "time element"
    path_day = _PATH_DAY.match(url) if url else None
    if path_day:
        yield path_day[1], "address"


def _linked_data(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting.extend(value.get("@graph") or [] if isinstance(value.get("@graph"), list) else [])


def _metas(tree: Any, name: str) -> list[str]:
    names = ("property", "name", "itemprop")
    metas = tree.xpath("//meta[@content]")
    return [meta.get("content").strip() for meta in metas if name in (meta.get(key, "").lower() for key in names)]


def _values(tree: Any, path: str) -> list[str]:
    return [str(value).strip() for value in tree.xpath(path)]
