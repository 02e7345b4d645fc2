"""What `fuzz.py` found, made small: each file once lost a word, was refused or misquoted; and a short run of the fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.document.contracts import Omission
from converter.document.model import Book, Chapter, Metadata, Origin, Paragraph, Text
from converter.document.words import book_text
from tests.text.fuzz import Parsed, check, remains, run, stands

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)


@pytest.mark.parametrize(
    "text",
    [
        "Contents\n-----\nOne\n-----\nTwo\n\nThree",  # a list with lines drawn through it
        "[Illustration: a ship\nof war]",  # a picture's place over two lines
        "m[Illustration]l",
        "A/N\n\noOo",
        "Part 1\n\n1 [b]One[/b]\n\n[Footnote *: A plum.]",
        "# [~i]1~ [i] C\n\n~t~ o",
        "Chapter 1<br>\n\n<br>",
        "Contents[Illustration]\n<r>",
        "<i>\n<br>\n[b]",
        "Oo[1]\n\n[1] A plum.",
        "Contents\n\nr{Page 3}d\n\n[P2] x\n\n[P 2]\n\n[P 3]",
        "s:2 - Words:7,7 - Then he said that nobody in all of the village had ever seen a ship as large as that.",
        "漢字《かんじ》漢字《かんじ》漢字《かんじ》",
        "i[i]s\nP",  # the tag that is left out has the letter of the word around it
        "n\n\n\nIllustration a[Illustration]",
        "[b][Illustration]e\nb[i]",
        "i<i>P\n1",
        "Tag:\n[Illustration h\n[Illustration]",  # the first has no end
        "Chapter1Th\n[2][i]",
        "CHAPTER I\n<<span>",
        "CHAPTER I\n<v<i>",
        "*\nA/N\nContents\n" + "".join(f"{n} e a b s o u d r t\n" for n in range(1, 9)) + "and by then\nand by then",
        "The Lamp[1] and [B] the Road[2]",  # notes' marks that nobody explains stay where they stood
        "[1]\nChapter2<br>",  # a heading's number in brackets is no tag
        "Ch3\n<span\n> iceo no other work\nit nine fathoms, and\ns",  # a heading's tag over two lines
        "a\nA/N\nPublished:[1]\n]\n{1}P\nChapter1",  # a note that stands before its line
        "b\n<i>p&lt;i&gt;&lt;/i&gt;\nA/N t\nN",  # of three equal tags the last two format
        "<i>1<i>p&lt;i&gt;&lt;/i&gt;\nTABLE OF CONTENTS\nTHE ROAD 19\nTHE ROAD 19",
        "# [[b]\n#   it is not at all as you did it.",  # a bracket that is no tag's is taken off a heading
        ".[A][2]o\n\n\nT\n[2]S\nh\n[FootnoteA:A",  # two notes on a title, apart
        "k*\nq | a | b |\n> t [1] m | a | b |\n]|?\n\nd y e\n\n[Footnote*e",  # a table's note stands below it
        "=\nTable of Contents[Illustration]\n*\n[^1]\n1",
        "AN:[2]\n#\n[2]e[1]\n{1}m",  # a note on a note of the author's
        "Contents\nbonetwo\nbonetwo\n[B]XXX\n[b]o[b][/b]",
    ],
)
@pytest.mark.parametrize("notes", ["inline", "end", "drop"])
@pytest.mark.parametrize("place", ["{}\n", "{}\n\n" + PROSE, PROSE + "\n\n{}\n", PROSE + "\n\n{}\n\n" + PROSE])
def test_text(text: str, notes: str, place: str) -> None:
    assert check(place.replace("{}", text).encode(), ".txt", notes) is not None or place == "{}\n"


@pytest.mark.parametrize(
    "text",
    [
        "# v<I>A</I>\n\na",  # a title of the file with a tag in a word
        "# 5 <tp:>\n\nB",
        "# <div s=x>\n<r>x",
        "<summary>M<!--<r>\n3) t",
        "&lt;i&gt; &gt; &bogus; &#7;",
        "<table>\n<tr>\nloose\n<td>cell</td></tr></table>",
        "~~~\nt[^1]e\n~~~\n\n[^1]: A plum.",
        "Chapter 2<br>The Weir[^1]\n\n[^1]: A plum.",
        "<div>Author's Note\nhello</div>",
        "`<System>` and ``code``",
        "[a [b](http://x.example/c) d](http://x.example/e)",
        "[]( http://x.example 'lamp')",
        "## Contents\n\n~~~\nlamp\n~~~",
        "> | a | b |\n> |---|---|\n> | 1 | 2 | three |",
        "```\n&gt;\n```",
        "~~~\n&gt; caf&eacute; &amp;gt;\n~~~\n\nCaf&eacute; `caf&eacute;` &lt;i&gt; &amp;gt; and &#8217; `&#8217;`",
        "&lt;i&gt;\n~~~\np&lt;i&gt;\n~~~",
        "A/N&lt;i&gt;x<i>\n\no",
        "Author Note\n~~~\n&ltt;\n~~~",  # no reference, by the lists of Markdown
        "Author's Note &lt;b&gt;\n\nThe `&lt;b&gt;` &lt;b&gt; of it",
        "<p>Author's Note\n<p>Author's Note hi<d</p>Author's Note:hi",  # of several notes on a line each its own
        "<p><p>Author Note<p>Author's Note d<p>Author's Note",
        "[^1]: A<div s=x>\nPart One\n\nA/N h\n\ne[^1]",  # the note's word is the one on its line
        "``*o*` h\n`",
        "<p>&#8o &#8217 &copy2 &ltt; &amp; caf&eacute;</p>",
        "1. [road]:/a\n1)[road]",  # the list's number is named once
        "[^1]: <div>\nPart One\n\nA/N h\n\ne[^1]",  # a note that says nothing
        "b`D` a[b](c)d [x]y\n\n[x]: http://x.example/c",
        "s` s ` ``1` 7 ` a ` b ` c` d`e",
        "e<tp:> and <Level:5> and <http://x.example/c> and a<http://x.example/c>b",
        "<details>d\n\nç\n\ng",
        "r l[](g)o\n-\n[",
        "~~~[^1]\n[^1]: A u C\n~~~\n<details>m",
        "~~~\n[^1]: \n d(2\n8[^1]\n~~~",  # a note that begins on the line below its mark, cited in code alone
        "Summary:\n\nRated:T English<hr> Drama I\n\nRated T English Drama",  # a field with a tag in it
        "[^1]: plum\nAuthor Note plum<Bob ho[^1]\n\nA plum<Bob ho",
        "# The *Road*\n8\nr 1 The Road<!--e\nx&lt/i-->\nx&lt/i",  # a title with stress is quoted on its own line
        "# The *Road*<div>" + "\n" * 21 + "The Road",
        "A/N<!--e-->r",  # a comment between two words
        "AN:<!--" + "a i t d " * 20 + "-->it",
        "<!--Author's Note" + "\n" * 22 + "-->Author's Note",
        "\n" * 22 + "</div>Xx",  # a scene break far below the line its block is known by
        "~~~\n" + "a b\n\n" * 14 + "oOo\nt s",
        "<div a</div>d",
        "r<td>e<td>",
        "<td>e<td>t",
        "[^1]: A\n<!--[^1]-->\ne a\n<table>o<td>",  # a note cited in a comment alone
        "<!--[^1]" + "\n" * 9 + "-->\n\n1\n\nb\n\n[^1]\n[^1]: A",
        "~~~<!--\n~~~\n[^1]\n\ne-->" + "\n" * 22 + "o\n\n[^1]\n[^1]: h",
        "[^(<i>1<i>]\n[^(<i>1<i>]: A",
        "[^~]: p\n[^1]\n\nAN:",  # a note that is cited nowhere, below an author's note
        "# <\\?\nE",
        "# {<i>1} <i>Plum\n" + "\nt\n" * 12 + "\n{1} Plum",
        "[^1]*\n[^*]: A t\n[^1]: A\nA/N",
        "d<!-->g",
        "<table></table>e<td><td>o",
        "]\n\n<i>Author'<i>s Note: hi\n\nT\n\nCh1 Author's Note: hi",  # a note that is quoted from its own line on
        "[^1]\n[^~]: T\nw\n[^1~]: A",  # two notes that are cited nowhere, and a line between them
        "~~~\n~~~\n[](http://x.example/b \n'c')" + "\n" * 22 + "S[](http://x.example/b 'c')",
    ],
)
@pytest.mark.parametrize("notes", ["inline", "end", "drop"])
@pytest.mark.parametrize("place", ["{}\n\n" + PROSE, "\n" * 70 + PROSE + "\n\n{}\n\n" + PROSE])
def test_markdown(text: str, notes: str, place: str) -> None:
    assert check(place.replace("{}", text).encode(), ".md", notes) is not None


@pytest.mark.parametrize(
    "line", ["Status: dead.", "Language: French.", "by Ada Thorn", "Rating: T", "Published: Sat, 14 Ju"]
)
@pytest.mark.parametrize("after", ["", "Chapter 1\n\n" + PROSE])
def test_a_line_in_the_midst_of_a_story_is_no_metadata(line: str, after: str) -> None:
    parsed = check(f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{after}".encode(), ".txt", "inline")
    assert parsed is not None
    assert not parsed.omissions


def test_a_heading_alone_is_the_story() -> None:
    parsed = check(f"# {PROSE}".replace("\n", " ").encode(), ".md", "inline")
    assert parsed is not None
    assert parsed.book.chapters


@pytest.mark.slow
def test_the_fuzzer_finds_nothing_in_a_short_run(tmp_path: Path) -> None:
    tally = run(2.0, 7, tmp_path, most=120)
    assert tally.tried == 120
    assert not tally.kinds


def test_the_fuzzer_knows_a_lost_word() -> None:
    book = Book(Metadata(), (Chapter((Paragraph((Text("the lamp was understanding"),)),)),))
    told = Parsed(book, "", omissions=(Omission("markup", "<i>", Origin("s", 1)),))
    assert remains("the <i>lamp was under-\nstanding", told) == []
    assert "not" in remains("the <i>lamp was not under-\nstanding", told)
    assert remains("the <i>lamp</i> was understanding", told) == ["i"]


def test_the_fuzzer_knows_a_misquotation() -> None:
    def omitted(text: str, line: int) -> Omission:
        return Omission("rule", text, Origin("s", line))

    text = "one\n\n  two three\nfour"
    assert stands(text, omitted("three\nfour", 3))
    assert stands(text, omitted("one\ntwo", 1))
    assert not stands(text, omitted("three", 1))
    assert not stands(text, omitted("two four", 3))


@pytest.mark.parametrize(
    ("text", "suffix", "notes"),
    [
        ("[^1]A[^1]\n[^1]: A", ".md", "drop"),
        ("[^1]: n\n[^1]i[^1]", ".md", "inline"),
        ("A lamp.\n\n\u0e35 \u0e31\n\nA pier.", ".txt", "inline"),
    ],
)
def test_marks_beside_words_and_signs_alone(text: str, suffix: str, notes: str) -> None:
    assert check(text.encode(), suffix, notes) is not None


def test_a_list_in_which_another_line_is_left_out_is_quoted_line_by_line() -> None:
    text = f"Contents\n*** END OF THE PROJECT\nRoad\nLamp\n<!--\n\n{PROSE}\n\nContents\n>\nRoad  Lamp\n<   Pier\n-->\n] .\n"
    assert check(text.encode(), ".txt", "inline") is not None


def test_dashes_around_a_word_of_an_archive_are_no_head() -> None:
    line = (
        "She said - and it Rated T with her - that he - her son - would go to the pier and see the boat and come home"
    )
    parsed = check(line.encode(), ".txt", "inline")
    assert parsed is not None
    assert book_text(parsed.book) == line


def test_a_mark_that_stands_beside_tags_alone_cites_no_note() -> None:
    parsed = check(f"<br>[1]\nChapter 2\n\n{PROSE}\n\n[1] A plum.".encode(), ".txt", "inline")
    assert parsed is not None
    assert "Note(" not in repr(parsed.book)


@pytest.mark.parametrize("sign", ["&lt;", "&dash;", "&#8212;", "&mdash;"])
def test_the_name_of_a_sign_is_no_word_of_a_title(sign: str) -> None:
    line = f"# style_x>lamp{sign}i>style<x>lamp<i"
    parsed = check(f"3\n{line}\n\n{PROSE}".encode(), ".md", "inline")
    assert parsed is not None
    assert [o.text for o in parsed.omissions] in ([], [line], [line.removeprefix("# ")])


@pytest.mark.parametrize(
    ("text", "suffix", "notes"),
    [
        (
            "*** START OF THE PROJECT GUTENBERG EBOOK ROAD ***\n\nContents\n[Illustration]title: Road\nTitleRoad"
            + "\n" * 6
            + "r"
            + "\n" * 11
            + "7\n\n\nn\ntitle: Road\n\n"
            + PROSE,
            ".txt",
            "end",
        ),  # a line of a list that holds a picture's place as well, and the same line alone far below
        ("</span>\nCh d.<Span  >\n\n" + PROSE, ".txt", "inline"),  # two blanks in a tag
        ("Title:\n\nRating:[^1]\n---\na\n[^1]: A", ".md", "inline"),  # a note on a line of the head
        ("A/N\nr\r<!--A\n2\n\n\r\r.\nt\n-->\n[2]\n\n=", ".md", "drop"),  # a word that stands in a comment before
    ],
)
def test_an_omission_is_quoted_from_where_it_stands(text: str, suffix: str, notes: str) -> None:
    assert check(text.encode(), suffix, notes) is not None
