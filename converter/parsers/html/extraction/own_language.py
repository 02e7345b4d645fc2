"""The language of a story against that of the page around it, which is often a template's: the text's own wins."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from bs4.element import NavigableString, Tag

from converter.document.findings.metadata import MetadataLanguage
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import TAG
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.extracted import Extracted
from converter.recognisers.language.detection import RENAMED, detect_language
from converter.recognisers.vocabulary import languages

DECLARED = "page, lang"  # where the fact is from that only the page around the story says
ROOTS, LONGEST = 3, 12_000  # elements, and characters of each, whose words are asked
LEAST = 300  # characters; fewer tell no language surely
SURE = 0.9
SURE_MARKED, HALF = 0.6, 0.5  # where more than half of the words stand in an element that is marked with the language
NEAR = tuple(  # languages that words alone tell apart badly
    map(frozenset, (("no", "nb", "nn", "da", "sv"), ("hr", "sr", "bs", "sl"), ("cs", "sk"), ("id", "ms"),
                    ("es", "gl", "pt", "ca"), ("nl", "af"), ("ru", "uk", "be", "bg", "mk")))
)  # fmt: skip


def in_own_language(page: Page, content: Extracted, excluded: Exclusions) -> Extracted:
    """What was extracted, in the language of its text where the page declares another: that of its words,
    where they are sure, as an element of the page writes it ("de-AT"). It is told as a doubt. The words of what is
    `excluded` are the site's, and not asked."""
    declared = content.facts.text("language")
    if content.facts.sources.get("language") != DECLARED or not content.bodies:
        return content
    told = [words for root in content.bodies[:ROOTS] for words in _told(root, excluded)]
    text = " ".join(words.text for words in told)
    tag, sure = detect_language(text) if len(text) >= LEAST else ("", 0.0)
    marked = sum(len(words.text) for words in told if _base(words.lang) == _base(tag)) > HALF * len(text)
    if (
        sure < (SURE_MARKED if marked else SURE)
        or _base(tag) not in map(_base, languages())
        or _are_near(declared, tag)
    ):
        return content
    said = (attribute(element, "lang").strip().replace("_", "-") for element in page.elements)
    own = next((lang for lang in said if lang and _base(lang) == _base(tag) and TAG.fullmatch(lang)), tag)
    facts = content.facts.copied()
    facts.values["language"], facts.sources["language"] = own, "the story's words"
    finding = MetadataLanguage(own, page.origin(content.bodies[0]), declared)
    return replace(content, facts=facts, findings=(*content.findings, finding))


class _Words(NamedTuple):
    """Words of a page, and the language that an element around them, within the page's body, is marked with."""

    text: str
    lang: str


def _told(root: Tag, excluded: Exclusions) -> list[_Words]:
    """The first words of an element that are not excluded."""
    told: list[_Words] = []
    size = 0
    for node in root.descendants:
        if size >= LONGEST:
            break
        if type(node) is NavigableString and not node.isspace() and not excluded.holds(node):
            marks = (attribute(parent, "lang") for parent in node.parents if parent.name != "html")
            told.append(_Words(node.strip(), next(filter(None, marks), "")))
            size += len(told[-1].text)
    return told


def _base(tag: str) -> str:
    first = tag.partition("-")[0].lower()
    return RENAMED.get(first, first).partition("-")[0]


def _are_near(one: str, other: str) -> bool:
    """Whether two tags name one language, or two that look alike."""
    both = {_base(one), _base(other)}
    return len(both) == 1 or any(both <= near for near in NEAR)
