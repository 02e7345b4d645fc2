"""The title that stands in a browser's tab, without what the site adds to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon

FORUM_TAG = re.compile(r"^(?:\[[^\]]{1,20}\]\s*)+(?=\S)")
PAGE_NUMBER = re.compile(r"(?:page|seite|p\.)\s*\d+(?:\s*(?:of|von)\s*\d+)?", re.I)
PARTING = re.compile(
    r"(?<!\s)\s+[|–—»«·•:/\\~]+\s+|(?<!\s)\s+-{1,2}\s+|(?:(?<!\s)\s+)?(?:\||::)\s*|(?<=[\u3040-\u9fff])_|_(?=[\u3040-\u9fff])"
)
NO_TITLE = re.compile(
    r"(?:untitled|no title|sans titre|unbenannt)(?:[ -](?:document|page|file|post|seite|dokument))?(?: ?\d+)?|"
    r"(?:new|default)[ -](?:document|page|file|post)(?: ?\d+)?|"
    r"document|home ?page|index|page(?: ?\d+)?|无标题文档|無題(?:ドキュメント)?|новая страница(?: \d+)?",
    re.I,
)  # what editors of pages put there


def clean_title(title: str, site: str, address: str, headings: list[str]) -> str:
    """A page's title without what the site adds: its name, its slogan, the section.

    A part that the page repeats as a heading is the title; else the site's own parts go, and what is left stands.
    """
    title = FORUM_TAG.sub("", " ".join(title.split()))
    if not title or NO_TITLE.fullmatch(title):
        return ""
    if title.islower() and " " not in title and any(h and not same_letters(h, title) for h in headings):
        return ""  # "log", "index2": a file's name, or the site's
    parts = [p.strip() for p in PARTING.split(title) if p.strip()]
    if len(parts) < 2:
        parts = title.split(": ", 1)  # a title may have a colon of its own: the page's heading tells
        if len(parts) < 2 or not any(same_letters(parts[1], heading) for heading in headings):
            return title
    for heading in headings:
        if heading and same_letters(heading, title):
            return title
    host = _host(address)
    plain_host = re.sub(r"[^a-z0-9]", "", host.removeprefix("www.").rsplit(".", 1)[0].lower())
    for heading in headings:
        if heading and len(heading) > 2 and heading.lower() in title.lower() and len(heading) < len(title):
            if _names_chapter(heading):
                others = [p for p in parts if not _is_site(p, site, plain_host) and not same_letters(p, heading)]
                others = [p for p in others if p.lower() not in heading.lower() and not PAGE_NUMBER.fullmatch(p)]
                return others[0] if others else heading
            return heading
    kept = [p for p in parts if not _is_site(p, site, plain_host) and not PAGE_NUMBER.fullmatch(p)]
    if not kept:
        return title
    if len(kept) == len(parts):
        return title
    start, end = title.find(kept[0]), title.rfind(kept[-1])
    return title[start : end + len(kept[-1])] if end >= start + len(kept[0]) else kept[0]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _names_chapter(text: str) -> bool:
    """Whether a heading says which chapter this is: the rest of the page's title then names the work."""
    form = read_form(text, lexicon("en"))
    return form is not None and form.shape in ("division", "single")


def _is_site(part: str, site: str, host: str) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", part.lower())
    if site and same_letters(part, site):
        return True
    return (
        bool(plain)
        and bool(host)
        and len(plain) > 2
        and (plain == host or (len(plain) > 4 and plain in host) or (len(host) > 4 and host in plain))
    )


def same_letters(one: str, other: str) -> bool:
    """Whether two texts are the same but for signs, case and spaces."""

    def plain(text: str) -> str:
        return re.sub(r"[\W_]+", "", text.lower())

    return plain(one) == plain(other)
