"""What a Word document holds beside its story: comments, what was deleted, running heads; title and author as noted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any

from converter.document.contracts import Omission, SourceText
from converter.document.model import Origin
from converter.parsers.docx.package import W, WordFile, xml_root
from converter.parsers.html.extraction.facts import Facts
from converter.recognisers.metadata.file_names import fits_any_story
from converter.recognisers.metadata.names import clean_name, is_noted_person
from converter.recognisers.metadata.resolution import NOTED

CORE = "docProps/core.xml"
WHERE = "document, properties"
_NO_TITLE = re.compile(r"\Amicrosoft word\b|\.(?:docx?|rtf|odt|txt|pages)\Z|\Adocument\s?\d*\Z", re.I)


def beside(file: WordFile) -> tuple[list[SourceText], list[Omission]]:
    """The texts of what is no story, each with its omissions, a line for a line."""
    kinds = (
        ("comments", "a comment", _paragraphs(file.part("comments.xml"))),
        ("deleted", "deleted text", _deleted(file)),
        ("heads", "running head", [p for root in _heads(file) for p in _paragraphs(root)]),
    )
    texts: list[SourceText] = []
    omissions: list[Omission] = []
    for kind, rule, lines in kinds:
        name = f"{file.source}/{kind}"
        if lines:
            texts.append(SourceText(name, "\n".join(lines)))
            omissions += (Omission(rule, line, Origin(name, n)) for n, line in enumerate(lines, 1))
    return texts, omissions


def noted_facts(file: WordFile) -> Facts:
    """What the word processor noted of the document, where it says anything: a title that is no file's name, an author
    who is a person."""
    facts = Facts()
    core = file.files.get(CORE)
    if not core:
        return facts
    said: dict[str, str] = {}
    for element in xml_root(core, file.source):
        if isinstance(element.tag, str):
            said.setdefault(element.tag.rpartition("}")[2], " ".join("".join(element.itertext()).split()))
    title, author = said.get("title", ""), said.get("creator", "")
    if not _NO_TITLE.search(title) and not fits_any_story(title.casefold()):
        facts.add("title", title, WHERE)
    if is_noted_person(author):
        facts.add("people", (clean_name(author),), NOTED)
    facts.add("language", said.get("language", ""), WHERE)
    facts.add("description", said.get("description", ""), WHERE)
    facts.add("tags", tuple(t.strip() for t in re.split(r"[;,]", said.get("keywords", ""))), WHERE)
    return facts


def _paragraphs(root: Any) -> list[str]:
    """The text of each paragraph on a line of its own."""
    if root is None:
        return []
    lines = (" ".join("".join(_written(p, "t")).split()) for p in root.iter(f"{W}p"))
    return [line for line in lines if line]


def _written(element: Any, name: str) -> Iterator[str]:
    for node in element.iter(f"{W}{name}", f"{W}tab", f"{W}br"):
        yield (node.text or "") if node.tag == f"{W}{name}" else " "


def _deleted(file: WordFile) -> list[str]:
    """What was deleted, stretch by stretch."""
    roots = (xml_root(file.files[file.main], file.source), file.part("footnotes.xml"), file.part("endnotes.xml"))
    stretches = (stretch for root in roots if root is not None for stretch in root.iter(f"{W}del"))
    lines = (" ".join("".join(_written(stretch, "delText")).split()) for stretch in stretches)
    return [line for line in lines if line]


def _heads(file: WordFile) -> Sequence[Any]:
    folder = posixpath.dirname(file.main)
    names = (n for n in sorted(file.files) if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", n))
    return [xml_root(file.files[name], file.source) for name in names]
