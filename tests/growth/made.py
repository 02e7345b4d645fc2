"""Patterns that are made of what only a running function knows: examples of it, or the patterns from their makers."""

from __future__ import annotations

import re
from collections import defaultdict
from types import SimpleNamespace

from converter.checker.epub.schema import schema
from converter.checker.epub.vocabulary import vocabularies
from converter.limits.own_patterns import OwnPattern
from converter.parsers import mojibake
from converter.parsers.html.sites.tables import known_sites
from converter.parsers.text.blocks.footnotes import citation
from converter.passes.conventions import BY_LANGUAGE
from converter.passes.inner_spaces import places, wrong_spaces
from converter.passes.ties import _hours, tied_words
from converter.recognisers.headings.words import lexicon
from converter.recognisers.marks.tokens import _token
from converter.recognisers.metadata.extras_in_names import _pattern, _place
from converter.recognisers.metadata.parts_in_names import _scenes
from converter.shelf.answering.advice import REWORDED
from converter.shelf.sorting import _article

EXAMPLES: dict[str, dict[str, object]] = {  # by file and function
    "checks/chapters:numbers": {"chapter": SimpleNamespace(number=3)},
    "parsers/html/flow/notes:_typed_mark": {"mark": r"\*", "stop": "?"},
    "parsers/html/sites/hooks:archive_of_our_own": {"label": "Words"},
    "parsers/html/extraction/listing:_is_entry": {"link": "The Salt Road"},
    "parsers/html/dom/markup:stress_over_paragraphs": {"name": "i"},
    "recognisers/lines/site_lines:_all_links": {"link": "The Salt Road"},
    "folders/kinds:": {"key": "passwords"},
    "build/sidecars:_place": {"name": "title"},
    "proof/witness:": {"name": "script"},
    "parsers/works/order:heading_number": {"chapter": SimpleNamespace(number=3)},
    "passes/marks:find_habit": {"odd": "`´"},
    "writers/epub:_styles": {"name": "leaf.svg"},
}
TABLES = ("xhtml", "xhtml11", "opf3", "opf2", "ncx", "smil", "container")
LANGUAGES = ("en", "de", "fr", "es", "it", "ru", "ja")


def made() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The patterns that functions make, each with how it is asked, by file and function."""
    headings = [p for tag in LANGUAGES for p in (lexicon(tag).division_first, lexicon(tag).counter_first)]
    tokens = [_token(mail=mail, ruby=ruby) for mail in (True, False) for ruby in (True, False)]
    patterns: dict[str, list[re.Pattern[str] | OwnPattern | None]] = defaultdict(list)
    for site in known_sites():
        patterns["search"] += [site.generator, site.says, site.head_pattern]
        patterns["search"] += [rule.pattern for rule in (*site.fields, *site.refuse)]
        patterns["fullmatch"] += [label for _, labels in site.definitions for label, _ in labels]
    ours = [(way, p) for way, held in patterns.items() for p in held if p is not None and not isinstance(p, OwnPattern)]
    return {
        "limits/own_patterns:__init__": [],  # a person's: they have a limit
        "recognisers/headings/words:lexicon": [("match", p) for p in headings],
        "parsers/html/sites/tables:pattern": ours,
        "checks/legible:_with_marks": [("sub", re.compile(r"([^\W\d_])([\u093e\u093f\u0940]+)"))],
        "shelf/answering/advice:said_here": [("sub", re.compile(p)) for rules in REWORDED.values() for p, _ in rules],
        "shelf/answering/chapter_lines:what_is_wrong": [],  # it is only asked whether it is one
        "shelf/sorting:_article": [("match", _article(language)) for language in ("en", "fr", "ar")],
        "passes/ties:_hours": [("search", _hours(["a.m.", "Uhr", "h"]))],
        "recognisers/metadata/extras_in_names:_pattern": [("search", _pattern())],
        "recognisers/metadata/parts_in_names:_scenes": [("finditer", _scenes())],
        "recognisers/metadata/extras_in_names:_place": [("fullmatch", _place())],
        "passes/ties:tied_words": [("finditer", tied_words(["Mr.", "M.", "No.", "w", "z"]))],
        "build/values:pattern": [],  # a person's: asked for no text but an empty one
        "parsers/text/blocks/footnotes:citation": [("search", citation(mark)) for mark in ("1", "*")],
        "parsers/mojibake:_codec": [("finditer", mojibake._codec(name).runs) for name in mojibake.CODECS],
        "parsers/mojibake:_pairs": [("finditer", mojibake._pairs())],
        "recognisers/marks/tokens:_token": [(way, p) for p in tokens for way in ("match", "finditer")],
        "checker/epub/schema:schema": [("fullmatch", p) for table in TABLES for p in schema(table).values.values()],
        "checker/epub/schema:_sequence": [
            ("fullmatch", row.order) for table in TABLES for row in schema(table).rows.values() if row.order
        ],
        "checker/epub/rules/metadata:_values": [
            ("fullmatch", re.compile(p)) for p in vocabularies()["values"].values()
        ],
        "passes/inner_spaces:inner_spaces": [
            ("search", re.compile(p)) for c in dict.fromkeys(BY_LANGUAGE.values()) for p in places(c)
        ],
        "passes/inner_spaces:wrong_spaces": [
            ("finditer", wrong_spaces(c)) for c in dict.fromkeys(BY_LANGUAGE.values())
        ],
    }
