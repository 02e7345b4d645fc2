"""Rich Text Format: the control words are read, the words are kept, and what is no story is named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.document.contracts import Parsed, Source
from converter.document.errors import NotAStory
from converter.document.model import Text
from converter.document.words import plain_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, left_out, shown

TOP = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Garamond;}{\f1\fswiss\fcharset204 Arial Cyr;}}" + "\n"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\snext0 heading 1;}{\*\cs10 Default Paragraph Font;}}" + "\n"
LAMP = "The lamp on the pier had been lit by somebody who did not know how, and it smoked."


def read(body: str, top: str = TOP) -> Parsed:
    parsed = text_parser()(Source("story.rtf", f"{top}{body}}}".encode("cp1252"), ".rtf"))
    prove_parsed(parsed)
    return parsed


def pars(*paragraphs: str) -> str:
    return "\n".join(rf"\pard\fi360 {p}\par" for p in paragraphs)


def said(parsed: Parsed) -> list[str]:
    return shown(parsed, ("",) * 9)


def test_a_story_as_a_word_processor_saves_it() -> None:
    head = r"\pard\qc\b\fs40 The Smoking Lamp\b0\par" + "\n" + r"\fs24 by Nell Orchard\par" + "\n" + r"\par" + "\n"
    one = r"\pard\qc\b Chapter One\b0\par" + "\n" + pars(LAMP, *PROSE)
    two = r"\pard\page\qc\b Chapter Two\b0\par" + "\n" + pars(r"\ldblquote No,\rdblquote  said Ann.", *PROSE)
    parsed = read(head + one + "\n" + r"\pard\qc * * *\par" + "\n" + pars(*PROSE) + "\n" + two)
    book = parsed.book
    assert (book.metadata.title, list(book.metadata.authors)) == ("The Smoking Lamp", ["Nell Orchard"])
    assert [plain_text(c.label or c.title) for c in book.chapters] == ["Chapter One", "Chapter Two"]
    assert "“No,” said Ann." in " ".join(said(parsed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r"It was {\i very} late, and {\b\i nobody} came.", "It was *very* late, and ***nobody*** came."),
        (r"It was \i very \i0 late, and \ul nobody\ulnone  came.", "It was *very* late, and *nobody* came."),
        (r"caf\'e9 na\'efve", "café naïve"),
        (r"{\f1\'cb\'e0\'ec\'ef\'e0} burns", "Лампа burns"),
        (r"\u379?\u243?\u322?w", "Żółw"),
        (r"{\uc2\u29483 ab\u-10179 ab\u-8704 ab}!", "猫😀!"),
        (r"one\emdash two\endash three\~four\_five \{six\}", "one—two–three\u00a0four\u2011five {six}"),
        (r"a {\field{\*\fldinst HYPERLINK {\i x}}{\fldrslt link}} here", "a link here"),
        (r"a {\*\bkmkstart lamp}mark{\*\bkmkend lamp} here", "a mark here"),
        (r"a {\pict\wmetafile8 0100ffee}picture {\*\unknown{\b words}}here", "a picture here"),
    ],
)
def test_words_are_those_that_the_program_showed(typed: str, meant: str) -> None:
    parsed = read(pars(*PROSE, f"See: {typed}", *PROSE))
    plain = meant.replace("*", "")
    assert f"See: {plain}" in parsed.texts[0].text.split("\n")
    assert "*" in meant or any(f"See: {meant}" in line.replace("~", "\u00a0") for line in said(parsed))
    assert left_out(parsed) == []


def test_stress_is_read_and_holds_no_blanks() -> None:
    parsed = read(pars(*PROSE, r"It was {\i very }late, and {\b nobody} came\i . \i0", *PROSE))
    assert any("*very* late" in line or "_very_ late" in line for line in said(parsed)), said(parsed)


def test_a_note_stands_with_its_paragraph() -> None:
    parsed = read(pars(*PROSE, r"He went{\super\chftn}{\footnote\pard {\i Twice}, they say.\par} home.", *PROSE))
    assert "p He went[^† p _Twice_, they say.] home." in said(parsed)
    assert "break" not in said(parsed)


def test_styled_headings_are_the_chapters() -> None:
    one = r"\pard\s1\b The Quay\b0\par" + "\n" + pars(*PROSE)
    two = r"\pard\outlinelevel0 Salt\par" + "\n" + pars(*PROSE)
    parsed = read(f"{one}\n{two}", TOP + STYLES)
    assert [plain_text(c.title) for c in parsed.book.chapters] == ["The Quay", "Salt"]


TITLES = ("The First Boat", "Salt", "The Boat That Came Back")


@pytest.mark.parametrize(
    "head",
    [
        r"\page\pard\qc{\b\fs28 TITLE}\par",
        r"\pard\pagebb\qc\fs32 TITLE\fs24\par",
        r"\page\pard\b TITLE\b0\par",
        r"\pard\par\pard\qc\b\fs28 TITLE\b0\fs24\par\pard\par",
    ],
)
def test_lines_that_look_like_headings_are_the_chapters(head: str) -> None:
    top = r"\pard\qc{\b\fs36 The Ferry}\par\pard\qc Nell Orchard\par\pard\par" + "\n"
    parsed = read(top + "\n".join(head.replace("TITLE", t) + "\n" + pars(LAMP, *PROSE) for t in TITLES))
    assert [plain_text(c.title) for c in parsed.book.chapters] == list(TITLES)
    assert all(isinstance(i, Text) for c in parsed.book.chapters for i in c.title)
    assert (parsed.book.metadata.title, list(parsed.book.metadata.authors)) == ("The Ferry", ["Nell Orchard"])


def test_signs_in_larger_type_are_no_chapters_where_chapters_begin_pages() -> None:
    sign = r"\pard\qc{\b\fs30 NO LANDING HERE}\par" + "\n"
    parsed = read("".join(rf"\page\pard\qc{{\b\fs28 {t}}}\par" + pars(*PROSE) + sign + pars(*PROSE) for t in TITLES))
    assert [plain_text(c.title) for c in parsed.book.chapters] == list(TITLES)
    assert sum("NO LANDING HERE" in line for line in said(parsed)) == len(TITLES)


def test_one_line_in_larger_type_is_no_chapter() -> None:
    parsed = read(pars(*PROSE) + r"\pard\qc{\b\fs30 No landing here}\par" + "\n" + pars(*PROSE))
    assert len(parsed.book.chapters) == 1


@pytest.mark.parametrize(
    ("typed", "rule", "words"),
    [
        (r"{\header\pard Orchard / LAMP / \chpgn\par}", "running head", "Orchard / LAMP /"),
        (r"{\info{\title Draft nine}{\company Quay}}", "properties of the document", "Draft nine"),
        (r"{\*\atnid NO}{\*\annotation check this}", "comment", "check this"),
        (r"{\v not shown}", "hidden words", "not shown"),
        (r"{\deleted struck out}", "words struck out", "struck out"),
    ],
)
def test_words_that_are_no_story_are_named(typed: str, rule: str, words: str) -> None:
    parsed = read(typed + pars(*PROSE))
    assert left_out(parsed) == [(rule, words)] or [(o.rule, o.text) for o in parsed.omissions] == [(rule, words)]


def test_a_broken_file_gives_its_words() -> None:
    parsed = read(pars(*PROSE) + r"\par }{{{ \b never closed" + "\n" + r"\'")
    assert PROSE[0] in " ".join(said(parsed))
    with_end = text_parser()(Source("s.rtf", (TOP + pars(*PROSE)).encode(), ".rtf"))
    assert PROSE[-1] in " ".join(said(with_end))


WORDS = st.text(st.characters(codec="utf-16", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


def escaped(words: str) -> str:
    units = words.encode("utf-16-le")
    codes = [int.from_bytes(units[k : k + 2], "little") for k in range(0, len(units), 2)]
    return "".join(
        f"\\{chr(c)}" if chr(c) in "{}\\" else chr(c) if 32 <= c < 127 else f"\\u{c - 0x10000 * (c > 0x7FFF)}?"
        for c in codes
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_word_that_was_typed_is_a_word_of_the_text(typed: list[str]) -> None:
    parsed = read(pars(LAMP, *(f"It said {escaped(words)} and {{\\i {escaped(words)}}}." for words in typed)))
    text = parsed.texts[0].text.split("\n")
    for words in typed:
        assert re.sub(" +", " ", f"It said {words} and {words}.") in text


def test_a_document_without_words_is_no_story() -> None:
    with pytest.raises(NotAStory):
        read(r"{\pict\wmetafile8 0100ffee}\pard\par")


def test_a_short_one_is_read() -> None:
    parsed = text_parser()(Source("s.txt", rb"{\rtf1\ansi The lamp went out.\par Nobody saw.}", ".txt"))
    assert said(parsed) == ["p The lamp went out.", "p Nobody saw."]


def test_characters_that_no_book_can_hold_are_none() -> None:
    parsed = read(r"\pard The lamp\u1?went \'07out\u65535? at once.\par Nobody saw.\par")
    assert said(parsed) == ["p The lampwent out at once.", "p Nobody saw."]


def test_a_second_document_behind_the_first_is_read() -> None:
    both = rb"{\rtf1\ansi The lamp went out.\par}{\rtf1\ansi Nobody saw.\par}"
    parsed = text_parser()(Source("s.rtf", both, ".rtf"))
    assert said(parsed) == ["p The lamp went out.", "p Nobody saw."]


def test_a_length_in_the_story_skips_nothing() -> None:
    assert said(read(r"\pard The lamp \bin99999 went out.\par")) == ["p The lamp went out."]


@pytest.mark.parametrize(
    "typed", [r"un\i believable\i0  things", r"un{\i believ}able things", r"{\i unbeliev}able things"]
)
def test_a_word_is_stressed_whole(typed: str) -> None:
    assert any("_unbelievable_ things" in line for line in said(read(pars(*PROSE, f"It was {typed}.", *PROSE))))
