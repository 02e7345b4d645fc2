"""What the `meta` elements of a page say, and the language it declares."""

from __future__ import annotations

import re

from bs4.element import Tag

from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")  # BCP 47
LANGUAGE_METAS = ("content-language", "dc.language", "og:locale")


def meta_contents(page: Page) -> dict[str, str]:
    """The first content of each `meta`, by its property or name in small letters."""
    contents: dict[str, str] = {}
    for meta in page.index.by_name.get("meta", ()):
        names = (attribute(meta, key) for key in ("property", "name", "http-equiv", "itemprop"))
        name = next(filter(None, names), "").lower()
        content = " ".join(attribute(meta, "content").split())
        if name and content:
            contents.setdefault(name, content)
    return contents


def page_language(page: Page) -> str:
    """The BCP 47 tag the page declares for itself, or ""."""
    root = page.soup.html
    declared = (attribute(root, "lang") or attribute(root, "xml:lang")) if isinstance(root, Tag) else ""
    if not declared:
        metas = meta_contents(page)
        declared = next((metas[name] for name in LANGUAGE_METAS if metas.get(name)), "")
    tag = declared.strip().replace("_", "-")
    return tag if TAG.fullmatch(tag) else ""
