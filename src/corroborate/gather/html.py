"""HTML pages: the article without what surrounds it (trafilatura), its title, captions and embedded posts marked."""

import re
from collections.abc import Iterable
from typing import Any

from corroborate.gather.decode import Decoded
from corroborate.gather.html_meta import PageMeta, page_meta
from corroborate.gather.html_post import replace_by_paragraph, take_posts, text_content
from corroborate.gather.item import Draft, Paragraphs, printable
from corroborate.model import Post

_SPACES = re.compile(r"\s+")
_BLOCKS = ("p", "head", "quote", "item", "row", "code", "ab")
_TOOLBARS = "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='HEADER' or @id='hashtags'][ancestor::body]"


def read_html(decoded: Decoded) -> Draft | None:
    """Return the draft of a page: title as heading, paragraphs apart by an empty line; None where it holds no text."""
    import trafilatura

    tree = trafilatura.load_html(decoded.text)
    if tree is None:
        return None
    meta = page_meta(tree, decoded.text)
    said = trafilatura.extract_metadata(decoded.text, default_url=meta.url)
    for toolbar in tree.xpath(_TOOLBARS):
        toolbar.drop_tree()
    posts = dict(_keyed(text, post) for text, post in take_posts(tree))
    captions = _take_captions(tree)
    body = _body(tree)
    title = _plain(said.title) if said else None
    if not "".join(body.itertext()).strip():
        return None
    paragraphs = _paragraphs(body, title, posts, captions)
    return _draft(paragraphs, title, said, meta)


def _draft(paragraphs: Paragraphs, title: str | None, said: Any, meta: PageMeta) -> Draft:
    return Draft(
        text=paragraphs.text,
        media_type="text/html",
        segments=paragraphs.segments,
        title=title,
        author=_plain(said.author) if said else None,
        outlet=_plain(said.sitename) if said else None,
        url=meta.url,
        archive_url=meta.archive_url,
        published=meta.published,
    )


def _body(tree: Any) -> Any:
    import trafilatura

    found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    if found is not None and found.body is not None and "".join(found.body.itertext()).strip():
        return found.body
    return trafilatura.baseline(tree)[0]


def _take_captions(tree: Any) -> set[str]:
    """Replace each figure by a paragraph of its caption, which the extraction would drop; return their keys."""
    captions = set()
    for figure in tree.xpath("//figure"):
        text = " ".join(_SPACES.sub(" ", text_content(caption)) for caption in figure.iter("figcaption")).strip()
        if not text or figure.getparent() is None:
            continue
        captions.add(_key(text))
        replace_by_paragraph(figure, text)
    return captions


def _paragraphs(body: Any, title: str | None, posts: dict[str, Post], captions: set[str]) -> Paragraphs:
    paragraphs = Paragraphs()
    if title:
        paragraphs.add(title, "heading")
    for tag, text in _blocks([body]):
        key = _key(text)
        if key in posts:
            paragraphs.add(text, "post", posts[key])
        elif key in captions:
            paragraphs.add(text, "caption")
        elif title and key == _key(title):
            continue
        else:
            paragraphs.add(text, "heading" if tag == "head" else None)
    return paragraphs


def _blocks(elements: Iterable[Any]) -> list[tuple[str, str]]:
    """Return the innermost blocks of extracted elements with their tags, in order."""
    blocks: list[tuple[str, str]] = []
    for child in elements:
        if not isinstance(child.tag, str):
            continue
        inner = [each for each in child.iterdescendants() if each.tag in _BLOCKS]
        if inner and child.tag != "row":
            blocks.extend([(child.tag, text)] if (text := _clean(child.text or "")) else [])
            blocks.extend(_blocks(child))
        elif child.tag == "row":
            blocks.append(("row", "\t".join(_inline(cell) for cell in child)))
        elif text := _inline(child):
            blocks.append((child.tag, text))
        if child.tail and (text := _clean(child.tail)):
            blocks.append(("p", text))
    return blocks


def _inline(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _inline(child))
        parts.append(child.tail or "")
    return "\n".join(line for part in "".join(parts).split("\n") if (line := _clean(part)))


def _clean(text: str) -> str:
    return printable(_SPACES.sub(" ", text).strip())


def _plain(text: str | None) -> str | None:
    return _clean(text) or None if text else None


def _key(text: str) -> str:
    """Return what is left of a text when its spaces are: the extraction changes those and nothing else."""
    return _SPACES.sub("", text)


def _keyed(text: str, post: Post) -> tuple[str, Post]:
    return _key(text), post
