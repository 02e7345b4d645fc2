"""Texts as a stranger wrote them: what an editor reads there is in the book."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import book_text, chapter_name
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from tests.pages.making import shown

WALKED = "The keeper walked the wall and counted the stones that had gone since morning, and wrote it down."


def read(text: str) -> Parsed:
    return text_parser()(Source("story.txt", text.encode(), ".txt"))


def test_a_short_preface_is_no_part_of_the_contents_list() -> None:
    parts = "".join(f"{name}\n\n{(WALKED + chr(10)) * 12}\n" for name in ("I. EAST", "II. SOUTH"))
    preface = "This house exists. I have been refused entry to it."
    parsed = read(
        f"THE HOUSE\n\nby Ann Bell\n\nCONTENTS\n\nPreface\nI. East\nII. South\n\nPREFACE\n\n{preface}\n\n{parts}"
    )
    assert [chapter_name(c) for _, c in parsed.book.walk()] == ["PREFACE", "I. EAST", "II. SOUTH"]
    assert shown(parsed) == [
        "# [preface] PREFACE",
        f"p {preface}",
        *("# [chapter 1] I. / EAST", *[f"p {WALKED}"] * 12),
        *("# [chapter 2] II. / SOUTH", *[f"p {WALKED}"] * 12),
    ]


@pytest.mark.parametrize("word", ["well-known", "mother-in-law", "twenty-first"])
def test_a_hyphen_that_may_be_the_word_s_own_stays(word: str) -> None:
    left, _, right = word.rpartition("-")
    line = "The ferry left at six and nobody on the quay could say who had paid for it, or why\n"
    parsed = read(
        f"{line * 4}the tide was out, and it was a {left}-\n{right} boat that lay there in the mud.\n{line * 4}"
    )
    wrapped = " ".join([line.strip()] * 4)
    assert shown(parsed) == [
        f"p {wrapped} the tide was out, and it was a {word} boat that lay there in the mud.",
        f"p {wrapped}",
    ]


def test_where_words_are_split_at_line_ends_they_are_joined() -> None:
    lines = [
        f"The ferry left at six, and it was under-\nstanding {n} that nobody on the quay had ex-" for n in range(6)
    ]
    said = book_text(read("\n".join(f"{line}\npected of the keeper who had paid for it." for line in lines)).book)
    assert said.count("understanding") == said.count("expected") == 6


def test_a_list_s_mark_in_brackets_is_no_stress() -> None:
    parsed = read(f"{WALKED}\n\nIt said [*]lantern[*]oil[*]regret.\n\nHe [*sighed*] and went.")
    assert shown(parsed) == [
        "p The keeper walked the wall and counted the stones that had gone since morning, and wrote it down.",
        "p It said [*]lantern[*]oil[*]regret.",
        "p He [_sighed_] and went.",
    ]


def test_a_fence_that_never_ends_takes_nothing_with_it() -> None:
    text = f"# Chapter 1\n\n{WALKED}\n\n```text\nopen the door\n\n# Chapter 2\n\n{WALKED}\n"
    parsed = parse_markdown(Source("story.md", text.encode(), ".md"))
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1",
        "p The keeper walked the wall and counted the stones that had gone since morning, and wrote it down.",
        "p ```text open the door",
        "# [chapter 2] Chapter 2",
        "p The keeper walked the wall and counted the stones that had gone since morning, and wrote it down.",
    ]


def test_a_product_is_no_stress() -> None:
    text = f"# One\n\n{WALKED} It was 2*3*4 and *not* 5*6.\n"
    assert shown(parse_markdown(Source("story.md", text.encode(), ".md"))) == [
        "p The keeper walked the wall and counted the stones that had gone since morning, and wrote it down. It was 2*3*4 and _not_ 5*6."
    ]


def test_a_heading_of_a_typed_file_is_one_however_little_is_under_it() -> None:
    """Its author typed it; the sections of an article on a page are another matter."""
    text = f"---\ntitle: Bees\n---\n\n# The Upper Hive\n\n{WALKED}\n\n# The Lower Hive\n\n{WALKED}\n"
    parsed = parse_markdown(Source("bees.md", text.encode(), ".md"))
    assert shown(parsed) == [
        "# [chapter] The Upper Hive",
        f"p {WALKED}",
        "# [chapter] The Lower Hive",
        f"p {WALKED}",
    ]
