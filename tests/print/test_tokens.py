"""Tokens: a design says each figure once, both engines go by it, and style sheets say none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import tinycss2

from converter.document.contracts import Engine, Theme
from converter.document.model import (
    Aside,
    Book,
    Cell,
    Chapter,
    Heading,
    Line,
    List,
    Metadata,
    Note,
    Paragraph,
    Person,
    Quote,
    SceneBreak,
    Speech,
    Table,
    Text,
    Verse,
)
from converter.themes import load_theme, styles_folder, theme_names
from converter.themes.design import laid_over, read_design
from converter.writers.pdf import print_book
from converter.writers.sheets import print_sheet
from converter.writers.tokens import token_css
from tests.print.feature import prose, said, text

SHEETS = sorted(styles_folder().glob("*/print.css"))
FIGURES = re.compile(
    r"font-(?:family|size|weight|style|variant-caps)|letter-spacing|line-height|text-(?:indent|align)|color|background"
    r"|(?:margin|padding)(?:-\w+)?|border(?:-\w+)*|outline(?:-\w+)?|(?:min-)?(?:width|height)|column-gap|hyphens|--\w.*"
)
"""Properties whose values are tokens."""
STRUCTURE = frozenset("0 auto none manual inherit normal 100% 1rlh avoid discard".split())
"""Values that are no design: nothing, all of it, as around it, one line of the page."""
CONSTRUCTION = {
    ("line-height", "1"), ("height", "calc(1rlh / 2)"), ("min-height", "2rlh"),
    ("text-align", "start"), ("text-align", "center"), ("text-align", "end"),
    ("font-family", "var(--heading-font)"), ("hyphens", "auto"), ("border-collapse", "collapse"),
}  # fmt: skip
"""Of what can't be otherwise: a reading above a sign, the box of a task before it, a rule in the middle of its line, room for a cap of two lines, a
picture in the middle of the page, a table's cells."""
WORDS = re.compile(r"calc\(0em - var\([\w-]+\)\)|calc\(var\(--sink\) \* 2\)|var\(--[\w-]+\)")
OTHERS = frozenset("body-font heading-font label-font mono-font sink head-size note-size ornament".split())
"""Custom properties that come with the page and the typefaces."""


def declarations(css: str) -> Iterator[tuple[str, str, str]]:
    """Selector, property, value of all rules, those inside pages too."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        yield from _inside(rule, tinycss2.serialize(rule.prelude).strip())


def _inside(rule: Any, selector: str) -> Iterator[tuple[str, str, str]]:
    for item in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            yield selector, item.name, tinycss2.serialize(item.value).strip()
        elif item.type in ("at-rule", "qualified-rule"):
            yield from _inside(item, selector)


def figures(css: str) -> list[tuple[str, str, str]]:
    """What a style sheet says of the design itself."""
    found = []
    for selector, name, value in declarations(css):
        if not FIGURES.fullmatch(name) or name == "--look" or (name, value) in CONSTRUCTION:
            continue
        rest = WORDS.sub("", value).split()
        if not set(rest) <= STRUCTURE:
            found.append((selector, name, value))
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.parent.name)
def test_a_style_sheet_says_no_figure(sheet: Path) -> None:
    assert figures(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "css",
    ["p { text-indent: 1.3em }", ".opening { text-align: left }", "html { --accent: #5a1f1b }", "li { margin: 0 0 2em }",
     "@page { @top-left { font-size: 9pt } }", "h2 { font-style: italic }", "a { border-top: 0.4pt solid #888 }"],
)  # fmt: skip
def test_the_law_knows_figures(css: str) -> None:
    assert len(figures(css)) == 1


@pytest.mark.parametrize("name", theme_names())
def test_every_token_that_is_asked_for_is_given_by_some_style(name: str) -> None:
    """And a look that no design has is not asked for."""
    given = set(OTHERS)
    for other in theme_names():
        given |= set(re.findall(r"--([\w-]+):", token_css(load_theme(other).design, spaced=True, small_capitals=True)))
    absent = {f"paragraphs-{role}-align" for role in BASE["paragraphs"]} | {"titlepage-contributor-leading"}
    asked = set(re.findall(r"var\(--([\w-]+)", print_sheet(load_theme(name), "en")))
    assert asked - given - absent == set()
    looks = re.findall(r"--look:\s*([\w-]+)", load_theme(name).print_css)
    assert [look for look in looks if not any(token.startswith(f"{look}-") for token in given)] == []


def leaves(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


BASE = read_design(styles_folder() / "base" / "print.toml")
TYPSTS = re.compile(
    r"text\.(gaps|tracking|costs.*|indent-first)|.*\.indent-first|colours\..*|footnotes\.pad|break\.white|blocks\.sign\.(start|end)"
)
"""How Typst breaks lines; what CSS has as structure; what a width is instead of; names of colours, which others may use."""
SAID = [(path, value) for path, value in leaves(BASE) if not TYPSTS.fullmatch(".".join(path))]


def other(path: tuple[str, ...], value: Any) -> Any:
    """Another value of the same kind."""
    key = path[-1]
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return [v + 0.5 for v in value]
    if isinstance(value, int | float):
        return value + (100 if key == "weight" else 0.25)
    words = {"align": ("start", "end"), "style": ("normal", "italic"), "face": ("label", "mono"),
             "figures": ("lining", "old-style"), "place": ("outer", "centre"), "colour": ("soft", "rule")}  # fmt: skip
    if key in words:
        return next(word for word in words[key] if word != value)
    return "2 accent" if key.startswith("stroke") or key in ("bar", "rule", "top", "bottom", "head-line", "cell", "frame") \
        else "tint" if key == "fill" else "+"  # fmt: skip


def changed(design: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    return laid_over(design, {path[0]: value if len(path) == 1 else changed({}, path[1:], value)})


def used(theme: Theme) -> str:
    """The style sheet for paper without the tokens that nothing in it asks for, and their values in place."""
    css = print_sheet(theme, "en")
    asked = set(re.findall(r"var\((--[\w-]+)", css))
    return re.sub(r"(--[\w-]+): ([^;{}]*)", lambda m: m[0] if m[1] in asked else "", css)


NEEDS = {  # what has to be said, too, before a value can be seen
    "opener.bar-": (("opener", "bar"), "2 accent"),
    "break.rule-width": (("break", "rule"), "2 accent"),
    "titlepage.bar-": (("titlepage", "bar"), "2 accent"),
}


@pytest.mark.parametrize(("path", "value"), SAID, ids=lambda p: ".".join(p) if isinstance(p, tuple) else "")
def test_every_value_of_the_base_reaches_weasyprint(path: tuple[str, ...], value: Any) -> None:
    theme = replace(load_theme("classic"), design=BASE)
    if path[1] == "plain-capitals":  # for typefaces without small ones
        theme = replace(theme, settings={**theme.settings, "heading-font": "Jost"})
    for start, (where, what) in NEEDS.items():
        if ".".join(path).startswith(start):
            theme = replace(theme, design=changed(BASE, where, what))
    assert used(replace(theme, design=changed(theme.design, path, other(path, value)))) != used(theme)


NOTES = Paragraph((Text("It went down"), Note((said("A note at the foot."),)), Text(" and came up again.")))
BOOK = Book(
    Metadata(title="The Tin Bell", people=(Person("Ada Thorn"),), language="en", identifier="urn:x:1"),
    (
        Chapter(
            (
                said("The ferry left at six, and nobody had thought to bring the whistle to the water’s edge."),
                *prose(2, 3),
                NOTES,
                SceneBreak(),
                Heading(text("The letter")),
                Quote((said("Bring the rope."), said("Ilse", "signature")), "letter"),
                Verse(((Line(text("O, salt")), Line(text("in the stairwell"), 1)),)),
                Speech(text("Bram"), (said("It is raining on the slip again."),)),
                List(((said("one rope"),), (said("two lamps"),))),
                Table(((Cell((said("Spring"),)), Cell((said("five feet"),))),)),
                Aside((said("A word of thanks to all."),), "note"),
                Quote((said("NO BATHING"),), "sign"),
            ),
            title=text("The Ferry"),
        ),
        Chapter((said("And so they waited on the wall until the morning."),), title=text("The Wall")),
    ),
)
SEEN: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("text", "indent"), 3), (("text", "justify"), False), (("opener", "sink"), 0.3), (("opener", "align"), "end"),
    (("opener", "title", "size"), 1.3), (("opener", "title", "tracking"), 0.1), (("opener", "bar"), "3 accent"),
    (("opener", "ornament"), "+"), (("break", "size"), 2.5), (("break", "rule"), "2 accent"), (("headings", "h2", "above"), 3),
    (("blocks", "blockquote", "start"), 4), (("blocks", "letter", "size"), 0.8), (("blocks", "letter", "signature"), {"align": "start"}),
    (("blocks", "sign", "pad"), [1, 1, 1, 1]), (("blocks", "note", "fill"), "tint"), (("verse", "start"), 5), (("verse", "step"), 4),
    (("speech", "gap"), 3), (("table", "size"), 1.4), (("inlines", "speaker", "weight"), 700), (("blocks", "list", "indent"), 4), (("notes", "size"), 1.3),
    (("heads", "place"), "outer"), (("heads", "colour"), "accent"), (("folio", "place"), "outer"), (("folio", "before"), "- "),
    (("contents", "leader"), "_"), (("contents", "gap"), 1), (("titlepage", "title", "size"), 2), (("titlepage", "align"), "start"),
    (("colours", "ink"), "#224466"), (("start", "cap", "gap"), 0.5),
)  # fmt: skip


def drawn(theme: Theme, engine: Engine) -> list[Any]:
    """What stands on the pages: every word with its look and place, every stroke."""
    document = pymupdf.open(stream=print_book(BOOK, theme, engine=engine).data, filetype="pdf")
    spans = [
        (n, s["text"], s["font"], round(s["size"], 1), s["color"], tuple(round(v, 1) for v in s["origin"]))
        for n, page in enumerate(document)
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for s in line["spans"]
    ]
    words = [
        (n, *(round(v, 1) for v in w[:4]), w[4]) for n, page in enumerate(document) for w in page.get_text("words")
    ]
    strokes = [
        repr((n, d["rect"], d["color"], d["fill"])) for n, page in enumerate(document) for d in page.get_drawings()
    ]
    return [*spans, *words, *strokes]


@pytest.fixture(scope="module")
def as_it_is() -> Mapping[str, list[Any]]:
    theme = load_theme("classic")
    return {name: drawn(theme, name) for name in ("weasyprint", "typst")}  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "value"), SEEN, ids=lambda p: ".".join(p) if isinstance(p, tuple) else "")
def test_a_changed_token_changes_the_pages_of_both_engines(
    path: tuple[str, ...], value: Any, engine: Engine, as_it_is: Mapping[str, list[Any]]
) -> None:
    theme = load_theme("classic")
    assert drawn(replace(theme, design=changed(theme.design, path, value)), engine) != as_it_is[engine]


def own(folder: Path, settings: str, **files: str) -> Theme:
    (folder / "theme.toml").write_text(settings, "utf-8")
    for name, words in files.items():
        (folder / f"print.{name}").write_text(words, "utf-8")
    return load_theme(str(folder))


@pytest.mark.slow
def test_a_person_s_own_values_reach_both_engines(
    tmp_path: Path, engine: Engine, as_it_is: Mapping[str, list[Any]]
) -> None:
    theme = own(tmp_path, 'based-on = "classic"', toml='[colours]\nmoss = "#335522"\n[opener.title]\ncolour = "moss"\n')
    coloured = {span[1] for span in drawn(theme, engine) if span[4:5] == (0x335522,)}
    assert {" ".join(words.split()) for words in coloured} == {"The Ferry", "The Wall"}


def test_a_sheet_of_one_s_own_lies_over_the_tokens(tmp_path: Path) -> None:
    theme = own(tmp_path, 'based-on = "classic"', css="html { --accent: #123456 }\n")
    css = print_sheet(theme, "en")
    assert css.index("--accent: #123456") > css.index("--accent: #5a1f1b")
    assert "html {" in token_css(theme.design, spaced=True, small_capitals=True)  # no stronger than a person's `html`


def test_a_sheet_on_the_plain_base_sets_heads_and_page_numbers_itself(tmp_path: Path) -> None:
    css = print_sheet(own(tmp_path, "", css="@page body:left { @top-left { content: counter(page) } }\n"), "en")
    assert css.count("counter(page)") == 1
    assert "string(verso" not in css
    (tmp_path / "print.css").unlink()
    assert "string(verso" in print_sheet(load_theme(str(tmp_path)), "en")


def test_letters_that_join_are_not_parted_and_nothing_is_slanted_where_no_italics_are() -> None:
    css = token_css(load_theme("classic").design, spaced=False, small_capitals=True)
    assert "italic;" not in css.replace("em-style: italic", "").replace("-em: italic", "")
    assert set(re.findall(r"tracking: ([^;]*)", css)) == {"0em"}


@pytest.mark.parametrize("name", theme_names())
def test_sides_are_turned_but_not_the_names_of_tokens(name: str) -> None:
    css = print_sheet(load_theme(name), "ar")
    assert "var(--paragraphs-right-align)" in css
    assert "padding: var(--block-pad-top) var(--block-pad-start) var(--block-pad-bottom) var(--block-pad-end)" in css
