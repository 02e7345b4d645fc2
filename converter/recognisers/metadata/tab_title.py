"""The title that stands in a browser's tab, without what the site adds to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.vocabulary import either

TITLE_LETTERS = 200
FORUM_TAG = regex(r"^(?:\[[^\]]{1,20}\]\s*)+(?=\S)")
_PARTING = r"(?<!\s)\s+(?:[|–—»«·•:/\\~❯>]+|-{1,2})\s+|(?:(?<!\s)\s+)?(?:\||::|❯)\s*"
_WESTERN = regex(_PARTING)
_EASTERN = regex(rf"{_PARTING}|(?<=[\u3040-\u9fff])_|(?<=[\u3040-\u9fff])-(?=[\u3040-\u9fff\d])|_(?=[\u3040-\u9fff])")
_NO_LETTERS = regex(r"[\W_]+")
_KINDS = either("site", "kinds")
_NO_TITLE = regex(  # what editors of pages put there
    rf"{either('site', 'untitled')}(?:[ -]{_KINDS})?(?: ?\d+)?|{either('site', 'new')}[ -]{_KINDS}(?: ?\d+)?|"
    rf"{either('site', 'no_title')}(?: ?\d+)?|{either('files', 'chapter')}",
    re.I,
    TITLE_LETTERS,
)
_PAGE_NUMBER = regex(rf"{either('site', 'page')}\s*\d+(?:\s*{either('site', 'of')}\s*\d+)?", re.I, TITLE_LETTERS)


def parting(title: str) -> re.Pattern[str]:
    """The signs between the parts of this title."""
    return _EASTERN if has_far_letters(title) else _WESTERN


def clean_title(title: str, site: str, address: str, headings: list[str]) -> str:
    """A page's title without what the site adds: its name, its slogan, the section.

    A part that the page repeats as a heading is the title; else the site's own parts go, and what is left stands.
    """
    title, *headings = (FORUM_TAG.sub("", " ".join(text.split())) for text in (title, *headings))
    if not title or _NO_TITLE.fullmatch(title) or _is_file_name(title, headings):
        return ""
    parts = _parts(title, headings)
    if len(parts) < 2 or any(heading and same_letters(heading, title) for heading in headings):
        return title
    kept = [p for p in parts if not is_site(p, site, address) and not _PAGE_NUMBER.fullmatch(p)]
    if repeated := _repeated(title, [h for h in headings if not _is_sites_name(h, site, address)]):
        return _beside(repeated, kept) if _names_chapter(repeated) else repeated
    return title if not kept or len(kept) == len(parts) else _from_to(title, kept[0], kept[-1])


def alone_before_sign(title: str, alone: Sequence[str]) -> str:
    """A title without what stands behind a sign, where one of these names is what stands before it."""
    begins = (name for name in alone if len(name) > 1 and title.startswith(name))
    return next((name for name in begins if parting(title).match(title, len(name))), title)


def _repeated(title: str, headings: Sequence[str]) -> str:
    """The first heading that is a part of a title; ""."""
    return next((h for h in headings if len(h) > 2 and h.lower() in title.lower() and len(h) < len(title)), "")


def _is_sites_name(heading: str, site: str, address: str) -> bool:
    """Whether a heading is only the site's name."""
    return bool(site and same_letters(heading, site)) or is_host(heading, address)


def _from_to(title: str, first: str, last: str) -> str:
    """A title from one of its parts to another."""
    start, end = title.find(first), title.rfind(last)
    return title[start : end + len(last)] if end >= start + len(first) else first


def _is_file_name(title: str, headings: Sequence[str]) -> bool:
    """Whether a title is a file's name, or the site's: "log", "index2"."""
    return title.islower() and " " not in title and any(h and not same_letters(h, title) for h in headings)


def _parts(title: str, headings: Sequence[str]) -> list[str]:
    """The parts of a title. It may have a colon of its own: the page's heading tells."""
    parts = [p.strip() for p in parting(title).split(title) if p.strip()]
    if len(parts) > 1:
        return parts
    parts = title.split(": ", 1)
    return parts if len(parts) > 1 and any(same_letters(parts[1], h) for h in headings) else [title]


def _beside(chapter: str, parts: Sequence[str]) -> str:
    """The work's title beside a chapter's heading; the heading itself where nothing else is there."""
    others = (p for p in parts if not same_letters(p, chapter) and p.lower() not in chapter.lower())
    return next(others, chapter)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _names_chapter(text: str) -> bool:
    """Whether a heading says which chapter this is: the rest of the page's title then names the work."""
    form = read_form(text, lexicon("en"))
    return form is not None and form.shape in ("division", "single")


def is_site(part: str, site: str, address: str) -> bool:
    """Whether a part of a title names the site, by its own name or by the host of its address."""
    if site and same_letters(part, site):
        return True
    plain = re.sub(r"[^a-z0-9]", "", part.lower())
    host = re.sub(r"[^a-z0-9]", "", _host(address).removeprefix("www.").rsplit(".", 1)[0].lower())
    return (
        bool(plain)
        and bool(host)
        and len(plain) > 2
        and (plain == host or (len(plain) > 4 and plain in host) or (len(host) > 4 and host in plain))
    )


def is_host(text: str, address: str) -> bool:
    """Whether a name is only the host of an address: "Tales.example", "tales"."""
    host = _host(address).removeprefix("www.")
    plain = re.sub(r"[^a-z0-9]", "", text.lower())
    return bool(plain) and plain in (re.sub(r"[^a-z0-9]", "", name) for name in (host, host.rpartition(".")[0]))


def same_letters(one: str, other: str) -> bool:
    """Whether two texts are the same but for signs, case and spaces."""
    return letters_of(one) == letters_of(other)


def letters_of(text: str) -> str:
    """What two texts share that are the same but for signs, case and spaces."""
    return _NO_LETTERS.sub("", text.lower())
