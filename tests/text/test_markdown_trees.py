"""What Markdown and the tags in it mean together: notes, spoilers, contents lists, readings, what is never closed."""

from __future__ import annotations

import re

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Book, Link
from converter.parsers.markdown import parse_markdown
from tests.pages.outline import blocks as outlined
from tests.text.fuzz import check

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)
SHOWN = [f"p {line}" for line in PROSE.split("\n\n")]


def read(text: str) -> Parsed:
    """Prose, then this text (from line 5), with every law of the fuzzer."""
    parsed = check(f"{PROSE}\n\n{text}\n".encode(), ".md", "inline")
    assert parsed is not None
    return parsed


def shown(text: str) -> list[str]:
    """What became of this text after prose."""
    lines = [line for _, chapter in read(text).book.walk() for line in outlined(chapter.blocks, "")]
    assert lines[:2] == SHOWN
    return lines[2:]


ONE_WITH_TWO = ["-", "  p one:", "  -", "    p two", "  -", "    p three"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He ran `ls -a` twice.", ["p He ran [code ls -a] twice."]),
        ("un<i>believ</i>able", ["p un_believ_able"]),
        ("<p>un<i>believ</i>able</p>", ["p un_believ_able"]),
        ("<i>It was late.\n\nIt was cold.</i> So it was.", ["p _It was late._", "p _It was cold._ So it was."]),
        ("<b>a <i>b</b> c</i> d", ["p **a _b_**_ c_ d"]),
        ("<span style='font-style:italic'>a</span> b", ["p _a_ b"]),
        ("He <q>saw</q> it, <q>“all” of it</q>.", ["p He “saw” it, “all” of it."]),
        ("<ruby>漢字<rt>かんじ</rt></ruby>と", ["p 漢字(かんじ)と"]),
        ("<ruby>漢<em>字</em></ruby>", ["p 漢_字_"]),
        ("In <cite>The Weir</cite> we read", ["p In _The Weir_ we read"]),
        ("x<sup>2</sup> and H<sub>2</sub>O", ["p x[super 2] and H[sub 2]O"]),
        ("a<br>b", ["p a / b"]),
        ("said <p>one</p> two", ["p said one two"]),
    ],
)
def test_what_stands_in_a_line(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<center>\n\n*Six months later*\n\n</center>", ["p (center) _Six months later_"]),
        ("<div align=right>Ada</div>", ["p (right) Ada"]),
        ("<div>\n\none\n\n> two\n\n</div>", ["p one", "quote:", "  p two"]),
        ("<p>one<p>two", ["p one", "p two"]),
        ("</p>one</p>two", ["p one", "p two"]),
        ("<hr>\n\none", ["break", "p one"]),
        ("<dl><dt>Weir<dd>A dam.</dl>", ["Weir means", "  -", "    p A dam."]),
        ("<ul><li>one<li>two</ul>", ["-", "  p one", "-", "  p two"]),
        ("3. one\n4. two", ["p 3. one 4. two"]),
        ("- one:\n-     - two\n-     - three\n- four", [*ONE_WITH_TWO, "-", "  p four"]),
        ("<ul><li>one:</li><li><ul><li>two</li></ul></li><li><ul><li>three</li></ul></li></ul>", ONE_WITH_TWO),
        ("- one:\n    - two\n    - three", ONE_WITH_TWO),
        ("-     - two\n- four", ["-", "  -", "    p two", "-", "  p four"]),
        ("1. one\n2. two", ["1", "  p one", "2", "  p two"]),
        ("<pre>\n  x = 1\n  y = 2\n</pre>", ["pre", "  |  x = 1", "  |  y = 2"]),
        ("```\nx = 1\n\n*y*\n```", ["pre", "  |x = 1", "  |", "  |*y*"]),
        ("<div class=poem>One<br>two<br><br><br><br>three</div>", ["stanza:", "  One", "  two", "stanza:", "  three"]),
        ("<div style='border:1px solid'>Level up.</div>", ["box: ", "  p Level up."]),
        ("<aside>Level up.</aside>", ["box: ", "  p Level up."]),
        (
            "<details><summary>The <i>end</i></summary>\n\nHe *died*.\n\n- twice\n\n</details>\n\nafter",
            ["spoiler: The _end_", "  p He _died_.", "  -", "    p twice", "p after"],
        ),
    ],
)
def test_blocks(text: str, wanted: list[str]) -> None:
    assert shown(text) == [line.rstrip() for line in wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("| a | b |\n|---|:-:|\n| *c* | d |", ["table", "  a | (center) b", "  _c_ | (center) d"]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["table", "  a | b", "  c | d"]),
        ("<table><colgroup><col></colgroup><tr><td>a</td>b<td>c</td></tr></table>", ["table", "  a | b | c"]),
        ("<table><tr><td>\n\n*a*\n\n</td><td>b</td></tr></table>", ["table", "  _a_ | b"]),
        ("<table><tr><td>Level up.</td></tr></table>", ["box:", "  p Level up."]),
        ("<td>a</td> b", ["p a b"]),
    ],
)
def test_tables(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    "note",
    [
        "<ol>\n<li id='n1'>A plum. <a href='#r'>↩</a></li>\n</ol>",
        "<p id='n1'>1. A plum.</p>",
        "<a name='n1'></a>[1] A plum.",
        "<div id='n1'>\n\nA plum.\n\n</div>",
    ],
)
@pytest.mark.parametrize("mark", ["<sup>[1](#n1)</sup>", "<a href='#n1' id='r'><sup>1</sup></a>", "[\\[1\\]](#n1)"])
def test_a_link_cites_a_note(mark: str, note: str) -> None:
    assert shown(f"He paid.{mark} She left.\n\nThe end came.\n\n{note}") == [
        "p He paid.[^1 p A plum.] She left.",
        "p The end came.",
    ]


def test_words_that_lead_to_a_note_are_a_link() -> None:
    lines = shown("See [more notes](#endnotes).\n\n<div id='endnotes'>\n\nA plum.\n\n</div>")
    place = re.fullmatch(r"p See \[more notes\]\(#(at-\w+)\)\.", lines[0])
    assert place is not None
    assert lines[1:] == [f"p [#{place[1]} A plum.]"]


def test_notes_that_nothing_cites_are_a_list_at_the_end() -> None:
    text = "It was late.[^1] And `[^2]` is code.\n\n## Notes\n\n[^1]: A *plum*.\n\n[^2]: A pear."
    parsed = read(text)
    lines = [line for _, chapter in parsed.book.walk() for line in outlined(chapter.blocks, "")]
    assert lines[2:] == ["p It was late.[^1 p A _plum_.] And [code [^2]] is code.", "1", "  p A pear."]
    assert [(o.rule, o.text, o.origin.line) for o in parsed.omissions] == [
        ("note heading", "Notes", 7), ("note mark", "[^1]:", 9), ("note mark", "[^2]:", 11), ("note mark", "[^1]", 5),
    ]  # fmt: skip


def test_a_citation_again_is_a_raised_sign() -> None:
    assert shown("One.[^a] Two.[^a]\n\n[^a]: A plum.") == ["p One.[^1 p A plum.] Two.[super a]"]


def test_a_contents_list_is_left_out() -> None:
    parsed = read("## Contents\n\n- [One](#one)\n- [Two](#two)\n- [Three](#three)\n\nIt began.")
    assert list(outlined(parsed.book.chapters[0].blocks, ""))[2:] == ["p It began."]
    told = [(o.text, o.origin.line) for o in parsed.omissions if o.rule == "contents list"]
    assert told == [("Contents", 5), ("One", 7), ("Two", 8), ("Three", 9)]


def test_links_lead_to_places_in_the_story() -> None:
    parsed = read(
        "See [there](#there), [nowhere](#nowhere), [him](mailto:a@b.example), [it](x.md).\n\n<a id=there></a>\n\nHere."
    )
    links = [i for b in parsed.book.chapters[0].blocks for i in getattr(b, "content", ()) if isinstance(i, Link)]
    assert [link.target[:4] for link in links] == ["#at-", "mail"]


def test_a_file_that_lists_chapters_tells_their_order() -> None:
    text = "# The Weir\n\n" + "\n".join(f"{n}. [Chapter {n}](ch{n}.md)" for n in (1, 2, 3))
    parsed = parse_markdown(Source("index.md", text.encode(), ".md"))
    told = {e.topic: e.found for e in parsed.evidence}
    assert told["links"] == "ch1.md\nch2.md\nch3.md"
    assert parsed.book.metadata.title == "The Weir"


def test_tags_that_are_opened_again_and_again_end_nowhere_and_take_no_link() -> None:
    lines = shown("<i>a" * 40 + " [me](http://x.example/b)")
    assert lines == [f"p _{'a' * 40} [me](http://x.example/b)_"]


def test_blocks_that_are_never_closed_keep_their_words() -> None:
    lines = shown("<div><ul>" * 300 + "lamp\n\nand after")
    assert [line.strip() for line in lines if line.strip("- ")] == ["p lamp", "p and after"]


@pytest.mark.parametrize("switch", ["footnotes", "a title page"])
def test_what_is_given_up_is_left_in_the_text(switch: str) -> None:
    text = "# Road\n\nby Ada Thorn\n\nIt was late.[^1]\n\n[^1]: A plum.\n"
    parsed = check(text.encode(), ".md", "inline", switch)
    assert parsed is not None
    lines = [line for _, chapter in parsed.book.walk() for line in outlined(chapter.blocks, "")]
    assert ("p It was late.[^1 p A plum.]" in lines) == (switch != "footnotes")
    assert (parsed.book.metadata.authors == ("Ada Thorn",)) == (switch != "a title page")


def story(text: str) -> Book:
    """The story of a whole Markdown file."""
    parsed = check(text.encode(), ".md", "inline")
    assert parsed is not None
    return parsed.book


UNDER_PARTS = "## The Quay\n\nA boat came in.\n\n## The Stair\n\nIt had eleven steps.\n"
MORE = "## The Cellar\n\nThe sea was heard.\n\n## The Door\n\nIt opened outward.\n"


@pytest.mark.parametrize(
    ("above", "one", "two"),
    [
        ("", "Part One", "Part Two"),
        ("# The Salt Stair\n\n", "Book I: Rope", "Book II: Salt"),
        ("", "PART 1 - Rope", "PART 2 - Salt"),
    ],
)
def test_titles_right_below_parts_are_chapters(above: str, one: str, two: str) -> None:
    book = story(f"{above}# {one}\n\n{UNDER_PARTS}\n# {two}\n\n{MORE}")
    assert [len(part.children) for part in book.chapters] == [2, 2]
    assert book.metadata.title == ("The Salt Stair" if above else "")


def test_a_part_with_text_of_its_own_has_sections() -> None:
    book = story(f"# Part One\n\nIt began with rain.\n\n{UNDER_PARTS}\n# Part Two\n\nIt went on.\n\n{MORE}")
    assert [len(part.children) for part in book.chapters] == [0, 0]
