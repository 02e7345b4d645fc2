"""Laws of the tree walk: editing the tree is editing the string, nothing else moves, units come in reading order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.document.contracts import Edit
from converter.document.edit_script import edit_inlines, edit_string, flat_text
from converter.document.model import (
    Book,
    Chapter,
    Emphasis,
    Image,
    Inlines,
    LineBreak,
    Link,
    Metadata,
    Note,
    Paragraph,
    Preformatted,
    SceneBreak,
    Strong,
    Styled,
    Text,
)
from converter.document.text_units import chapter_units, map_book, map_chapter
from converter.document.traversal import OBJECT
from converter.document.words import book_text, chapter_strands, word_count, words
from converter.passes.rules import each, edit_text, edit_texts
from tests.strategies import blocks, books, inlines, strings

T = Text


@st.composite
def edited(draw: st.DrawFn) -> tuple[Inlines, list[Edit]]:
    """A run of inlines and edits that no line break or object stands in the way of."""
    content = draw(inlines)
    flat = flat_text(content)
    edits: list[Edit] = []
    at = 0
    while at <= len(flat) and len(edits) < 6 and draw(st.booleans()):
        start = draw(st.integers(at, len(flat)))
        end = start
        while end < len(flat) and flat[end] not in ("\n", OBJECT) and draw(st.booleans()):
            end += 1
        edits.append(Edit(start, end, draw(st.just("") | strings)))
        at = end
    return content, edits


@given(edited())
def test_editing_the_tree_is_editing_the_string(case: tuple[Inlines, list[Edit]]) -> None:
    content, edits = case
    assert flat_text(edit_inlines(content, edits)) == edit_string(flat_text(content), edits)


@given(edited())
def test_objects_and_line_breaks_stay(case: tuple[Inlines, list[Edit]]) -> None:
    content, edits = case

    def objects(run: Inlines) -> list[object]:
        out: list[object] = []
        for inline in run:
            if hasattr(inline, "content"):
                out.extend(objects(inline.content))
            elif not isinstance(inline, Text):
                out.append(inline)
        return out

    assert objects(edit_inlines(content, edits)) == objects(content)


@pytest.mark.parametrize(
    ("content", "at", "wanted"),
    [
        ((T("ab"), Emphasis((T("cd"),))), 2, (T("ab+"), Emphasis((T("cd"),)))),
        ((Emphasis((T("cd"),)), T("ab")), 2, (Emphasis((T("cd+"),)), T("ab"))),
        ((Emphasis((T("cd"),)),), 0, (Emphasis((T("+cd"),)),)),
        ((T("a"), LineBreak(), T("b")), 2, (T("a"), LineBreak(), T("+b"))),
        ((T("a"), LineBreak(), T("b")), 1, (T("a+"), LineBreak(), T("b"))),
        ((LineBreak(), LineBreak()), 1, (LineBreak(), T("+"), LineBreak())),
        ((Emphasis((LineBreak(), LineBreak())),), 1, (Emphasis((LineBreak(), T("+"), LineBreak())),)),
        ((Image("x.png"),), 1, (Image("x.png"), T("+"))),
        ((), 0, (T("+"),)),
    ],
)
def test_an_insertion_at_a_border_has_one_owner(content: Inlines, at: int, wanted: Inlines) -> None:
    assert edit_inlines(content, [Edit(at, at, "+")]) == wanted


def test_an_edit_over_a_border_belongs_to_the_leaf_it_starts_in() -> None:
    content = (T("Go "), Emphasis((T("--"), Strong((T("no"),)))), T("w."))
    assert edit_inlines(content, [Edit(2, 5, "—")]) == (T("Go—"), Emphasis((Strong((T("no"),)),)), T("w."))


def test_insertions_and_replacements_at_one_place_keep_their_order() -> None:
    content = (Emphasis((T("abc"),)), T("def"))
    edits = [Edit(1, 4, "1"), Edit(4, 4, "2"), Edit(4, 4, "3"), Edit(4, 5, "4")]
    assert flat_text(edit_inlines(content, edits)) == "a1234f"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 3, "x"), Edit(2, 4, "y")],
        [Edit(3, 3, "x"), Edit(1, 1, "y")],
        [Edit(0, 99, "x")],
        [Edit(2, 1, "x")],
        [Edit(-1, 1, "x")],
        [Edit(1, 5, "x")],  # over the line break at 3
    ],
)
@pytest.mark.parametrize("wrap", [lambda run: run, lambda run: (Emphasis(run),)])
def test_wrong_edits_are_refused(edits: list[Edit], wrap) -> None:
    with pytest.raises(ValueError, match="edit"):
        edit_inlines(wrap((T("abc"), LineBreak(), T("def"))), edits)


def _a_walk_that_changes_nothing_returns_the_same_blocks(book: Book) -> None:
    for _, chapter in book.walk():
        same = map_chapter(chapter, lambda content, _kind, _origin: content)
        assert all(a is b for a, b in zip(same.blocks, chapter.blocks, strict=True))


def _a_rule_that_finds_nothing_changes_nothing(book: Book) -> None:
    improved = edit_text("nothing", each(lambda text: [Edit(0, 1, text[0])] if text else []))(book)
    assert improved.book == book
    assert improved.changes == ()


def _a_rule_on_all_units_is_the_rule_on_each_text(book: Book) -> None:
    """Every place text can stand in is reached, once; code is nobody's to change."""

    def shout(text: str) -> list[Edit]:
        return [Edit(i, i + 1, "Q") for i, c in enumerate(text) if c == "a"]

    improved = edit_text("shout", each(shout))(book)
    before = [u for _, c in book.walk() for u in chapter_units(c)]
    after = [u.text for _, c in improved.book.walk() for u in chapter_units(c)]
    in_code = [{i for start, end in u.code for i in range(start, end)} for u in before]
    shouted = [
        "".join("Q" if c == "a" and i not in code else c for i, c in enumerate(u.text))
        for u, code in zip(before, in_code, strict=True)
    ]
    assert after == shouted
    assert len(improved.changes) == sum(
        c == "a" and i not in code for u, code in zip(before, in_code, strict=True) for i, c in enumerate(u.text)
    )


@pytest.mark.slow
@given(blocks)
def test_the_two_strands_hold_all_the_words(content) -> None:
    chapter = Chapter(content)
    running, notes = chapter_strands(chapter)
    whole = book_text(Book(Metadata(), (chapter,)))
    together = sorted(words("\n".join((running, *notes))))
    assert together == sorted(words(whole))


def test_strands_part_running_text_and_notes() -> None:
    note = Note((Paragraph((T("First"), Note((Paragraph((T("inner"),)),)))),))
    chapter = Chapter(
        (
            Paragraph((T("one"), note, T(" two"))),
            SceneBreak("oOo"),
            Preformatted("three\nfour"),
            Paragraph((Styled("sup", (Note((Paragraph((T("Second"),)),)),)), T("five"))),
        ),
        title=(T("Title"),),
    )
    running, notes = chapter_strands(chapter)
    assert running.split() == ["Title", "one", "two", "three", "four", "five"]
    assert sorted(" ".join(notes).split()) == ["First", "Second", "inner"]


def test_units_of_a_note_follow_the_unit_that_cites_it() -> None:
    note = Note((Paragraph((T("aside"),)),))
    chapter = Chapter((Paragraph((T("one"), note)), Paragraph((T("two"),))), label=(T("I"),))
    assert [(u.kind, u.text) for u in chapter_units(chapter)] == [
        ("label", "I"),
        ("paragraph", f"one{OBJECT}"),
        ("paragraph", "aside"),
        ("paragraph", "two"),
    ]


def test_a_rule_must_answer_for_every_unit() -> None:
    book = Book(Metadata(), (Chapter((Paragraph((T("one"),)), Paragraph((T("two"),)))),))
    with pytest.raises(ValueError, match="answers"):
        edit_text("short", lambda units: [[]])(book)


def test_chapters_inside_chapters_are_walked() -> None:
    inner = Chapter((Paragraph((T("inner"),)),))
    book = Book(Metadata(), (Chapter((Paragraph((T("outer"),)),), children=(inner,)),))
    seen: list[str] = []
    map_book(book, lambda c: (seen.extend(u.text for u in chapter_units(c)), c)[1])
    assert seen == ["outer", "inner"]


def test_links_and_images_keep_what_they_point_to() -> None:
    content = (Link("https://example.org/", (T("here"), Image("a.png", "alt"))),)
    assert edit_inlines(content, [Edit(0, 4, "there")]) == (
        Link("https://example.org/", (T("there"), Image("a.png", "alt"))),
    )


def _vowels(text: str) -> list[Edit]:
    return [Edit(i, i + 1, c.upper() * 2) for i, c in enumerate(text) if c in "aeiou"]


def _twins_out(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for i in range(1, len(text)):
        free = not edits or edits[-1].end < i
        if text[i] == text[i - 1] and text[i] not in ("\n", OBJECT) and free:
            edits.append(Edit(i, i + 1, ""))
    return edits


def _first_of_line(text: str) -> list[Edit]:
    return [Edit(i, i, ">") for i in range(len(text)) if not i or text[i - 1] == "\n"]


def _rules_applied_together_are_rules_applied_in_turn(book: Book) -> None:
    rules = [("vowels", each(_vowels)), ("twins", each(_twins_out)), ("first", each(_first_of_line))]
    together = edit_texts(rules)(book)
    one_by_one, changes = book, []
    for code, rule in rules:
        improved = edit_text(code, rule)(one_by_one)
        one_by_one = improved.book
        changes.extend(improved.changes)
    assert together.book == one_by_one
    assert list(together.changes) == changes


@pytest.mark.slow
@settings(max_examples=30)
@given(books())
def test_laws_of_any_book(book: Book) -> None:
    """All of them on the same book: to draw one takes longer than what is done with it."""
    _a_walk_that_changes_nothing_returns_the_same_blocks(book)
    _a_rule_that_finds_nothing_changes_nothing(book)
    _a_rule_on_all_units_is_the_rule_on_each_text(book)
    _rules_applied_together_are_rules_applied_in_turn(book)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The lamp was lit—twice.", 4),
        ("", 0),
        ("他说：“你好，世界！”", 6),
        ("コーヒーを飲む。", 7),
        ("He said 你好 to us.", 6),
        ("한국어는 띄어쓰기를 한다.", 3),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert word_count(text) == count
