"""The few things about known sites that no table can say. Each hook reads one page and adds facts, or drops
parts of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from converter.document.findings.pages import PagePlayed
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.passages import PASSAGE, TARGET
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.sites.facts import read_date
from converter.parsers.html.sites.threads import forum_thread
from converter.recognisers.metadata.fields import tag_of_language

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

PAIR = regex(r"\[([^\]]+)\]", within=1_000)  # characters of a story that are a pair
PROFILE = "page, profile line"
PROFILE_LABELS = frozenset("Rated Chapters Words Reviews Favs Follows Updated Published Status id".split())
Hook = Callable[[Page, Exclusions, Facts], "tuple[Finding, ...] | None"]


def archive_of_our_own(page: Page, _excluded: Exclusions, facts: Facts) -> None:
    """The statistics of a download are one line ("Published: ... Words: 7,526 Chapters: 3/?"); "[archived by
    X]" is no name."""
    for element in page.index.select("#preface dl.tags dd, dl.work.meta dd.stats"):
        text = one_line(element)
        if "Words:" not in text:
            continue
        for label, name in (
            ("Published", "published"),
            ("Updated", "updated"),
            ("Completed", "updated"),
            ("Words", "words"),
            ("Chapters", "chapters"),
        ):
            if number := re.search(rf"\b{label}:\s*([\d,./?-]+)", text):
                facts.values.pop(name, None)
                facts.add(name, number[1], "page, statistics")
    for element in page.index.select("#preface .byline, .preface .byline"):
        text = one_line(element).removeprefix("by ")
        if "Anonymous" in text and element.find("a") is None:
            facts.values.pop("people", None)
            facts.add("people", ("Anonymous",), "page, byline")
    for element in page.index.select("#preface p.message a[href*='/works/']"):
        facts.values["source"] = attribute(element, "href")
        facts.sources["source"] = "page, preface"
        facts.address = attribute(element, "href")
        break
    for element in page.index.select(
        "ul.work.navigation a[href*='/works/'], #chapters a[href*='/works/'], form[action*='/works/']"
    ):
        number = re.search(r"/works/(\d+)", attribute(element, "href") or attribute(element, "action"))
        if number and "source" not in facts.values:
            facts.add("source", f"https://archiveofourown.org/works/{number[1]}", "page, links")
            facts.address = facts.address or facts.text("source")


def fan_fiction_net(page: Page, _excluded: Exclusions, facts: Facts) -> None:
    """One grey line, parted by " - ": rating, language, genres, characters, chapters, words, dates, status, id."""
    lines = page.index.select("#profile_top span.xgray")
    if not lines:
        return
    labelled: dict[str, str] = {}
    rest: list[str] = []
    for part in (p.strip() for p in one_line(lines[0]).split(" - ")):
        label, colon, value = part.partition(":")
        if colon and label.strip() in PROFILE_LABELS:
            labelled[label.strip()] = value.strip()
        elif part:
            rest.append(part)
    facts.add("rating", labelled.get("Rated", "").removeprefix("Fiction").strip(), PROFILE)
    facts.add("words", labelled.get("Words", ""), PROFILE)
    facts.add("chapters", labelled.get("Chapters", "1"), PROFILE)
    facts.add("status", labelled.get("Status", "") or "In progress", PROFILE)
    _unlabelled(rest, facts)
    stamps = [attribute(s, "data-xutime") for s in page.index.select("span[data-xutime]", lines[0])]
    if len(stamps) > 1 and "Updated" in labelled:
        facts.add("updated", read_date(stamps.pop(0)), PROFILE)
    if stamps:
        facts.add("published", read_date(stamps[0]), PROFILE)


def _unlabelled(parts: list[str], facts: Facts) -> None:
    """The parts of the line that have no label: language, genres, characters with pairs in brackets."""
    if parts and tag_of_language(parts[0]):
        facts.values["language"] = tag_of_language(parts.pop(0))
        facts.sources["language"] = PROFILE
    if parts and re.fullmatch(r"[A-Z][\w'’. -]*(?:/[A-Z][\w'’. -]*){0,3}", parts[0]) and _is_genre(parts[0]):
        genres = parts.pop(0).replace("Hurt/Comfort", "Hurt&Comfort")
        facts.add("genres", tuple(g.replace("&", "/") for g in genres.split("/")), PROFILE)
    if parts:
        characters = " - ".join(parts)
        pairs = PAIR.findall(characters)
        facts.add("relationships", tuple("/".join(n.strip() for n in p.split(",")) for p in pairs), PROFILE)
        names = (n.strip() for n in re.sub(r"[\[\]]", ",", characters).split(","))
        facts.add("characters", tuple(n for n in names if n), PROFILE)


GENRES = frozenset(
    "adventure angst crime drama family fantasy friendship general horror humor hurt/comfort mystery "
    "parody poetry romance sci-fi "
    "spiritual supernatural suspense tragedy western hurt comfort".split()
)


def _is_genre(text: str) -> bool:
    return all(g.strip().lower() in GENRES for g in text.split("/"))


def project_gutenberg(page: Page, excluded: Exclusions, facts: Facts) -> None:
    """Drops what stands before the START line and after the END line, by element, and reads the head's fields."""
    from converter.parsers.html.extraction.gutenberg import trim

    trim(page, excluded, facts)


def twine(page: Page, excluded: Exclusions, _facts: Facts) -> tuple[Finding, ...]:
    """Where links lead is left out of the text: they lead there. The passages stand in the order of the file."""
    for element in page.index.select(f".{TARGET}"):
        excluded.add(element, "where a link leads", "twine")
    return (PagePlayed(len(page.index.by_name.get(PASSAGE, ())), Origin(page.name, 1)),)


HOOKS: dict[str, Hook] = {
    "archive-of-our-own": archive_of_our_own,
    "fanfiction-net": fan_fiction_net,
    "forum-thread": forum_thread,
    "project-gutenberg": project_gutenberg,
    "twine": twine,
}
