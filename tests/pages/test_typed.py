"""What authors and their programs typed instead of marking it up: lists, breaks, emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Block, Emphasis, Inlines, List, Paragraph, Strong
from converter.document.words import plain_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, left_out, page, prose, read, shown

SPACER = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"


def listed(sign: str, words: str, level: int = 1) -> str:
    """A list paragraph as Word saves it."""
    typed = f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{sign}{SPACER}</span></span>"
    style = f"text-indent:-.25in;mso-list:l0 level{level} lfo1"
    return f"<p class=MsoListParagraphCxSpMiddle style='{style}'><![if !supportLists]>{typed}<![endif]>{words}</p>\n"


def shape(blocks: Sequence[Block]) -> list[object]:
    """Lists as (first number or "-", items), paragraphs as their words."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, List):
            found.append((block.start if block.ordered else "-", [shape(item) for item in block.items]))
        elif isinstance(block, Paragraph):
            found.append(plain_text(block.content))
    return found


def after_prose(parsed: Parsed) -> list[object]:
    return shape(parsed.book.chapters[0].blocks)[8:]


def test_bullets_that_a_word_processor_typed_are_a_list() -> None:
    rows = listed("·", "Rope") + listed("·", "Lamp oil") + listed("o", "two tins", 2) + listed("·", "Bread")
    parsed = read(page(prose() + rows + "<p class=MsoNormal>And salt.</p>"))
    assert after_prose(parsed) == [("-", [["Rope"], ["Lamp oil", ("-", [["two tins"]])], ["Bread"]]), "And salt."]
    assert left_out(parsed) == [("list mark", "o")]


def test_typed_numbers_are_a_list_that_begins_where_they_do() -> None:
    rows = listed("3.", "Go") + listed("a)", "soon", 2) + listed("b)", "now", 2) + listed("4.", "Stay")
    parsed = read(page(prose() + rows + listed("i.", "One") + listed("ii.", "Two") + listed("9.", "Nine")))
    steps = (3, [["Go", (1, [["soon"], ["now"]])], ["Stay"]])
    assert after_prose(parsed) == [steps, (1, [["One"], ["Two"]]), (9, [["Nine"]])]


def test_a_list_without_the_word_processors_own_styles_is_known_by_its_sign() -> None:
    style = "style='margin-left:.5in;text-indent:-.25in'"
    rows = "".join(f"<p class=MsoNormal {style}><span>{n}.{SPACER}</span>Word {n}</p>" for n in (1, 2))
    assert after_prose(read(page(prose() + rows))) == [(1, [["Word 1"], ["Word 2"]])]


def test_a_paragraph_without_a_sign_goes_on_with_the_item_before_it() -> None:
    rows = listed("·", "Rope") + "<p class=MsoListParagraph>The long one.</p>" + listed("·", "Bread")
    assert after_prose(read(page(prose() + rows))) == [("-", [["Rope", "The long one."], ["Bread"]])]


def test_a_story_in_the_style_of_a_list_is_no_list() -> None:
    loose = "".join(f"<p class=MsoListParagraph>{line}</p>" for line in (*PROSE, "* * *", *PROSE))
    assert shown(read(page(prose() + listed("·", "Rope") + loose))) == [
        "prose(2)",
        "-",
        "  p Rope",
        "prose(1)",
        "break * * *",
        "prose(1)",
    ]
    within = loose.partition("<p class=MsoListParagraph>*")[0]
    assert shown(read(page(prose() + listed("·", "Rope") + within + listed("·", "Tar")))) == [
        "prose(2)",
        "-",
        "  p Rope",
        "prose(1)",
        "-",
        "  p Tar",
    ]


@pytest.mark.parametrize("sign", ["-", "–"])
def test_speech_behind_typed_dashes_is_no_list(sign: str) -> None:
    parsed = read(page(prose() + listed(sign, "Who is there?") + listed(sign, "The post.")))
    assert shown(parsed) == ["prose(2)", f"p {sign}~~~ Who is there?", f"p {sign}~~~ The post."]


def test_a_typed_number_alone_between_paragraphs_counts_no_items() -> None:
    parsed = read(page(listed("1.", "The Arrival") + prose() + listed("Part 2:", "The Lamp") + prose()))
    assert shown(parsed) == ["# [chapter]", "p 1. The Arrival", "prose(2)", "# [part 2] Part 2 / The Lamp", "prose(2)"]
    assert left_out(parsed) == []


BREAKS = (
    "~Line Break~",
    "LINEBREAK",
    "LINE BREAK",
    "linebreak",
    "---SCENE BREAK---",
    "[page break]",
    "*** Time skip ***",
    "~*~ Scene Change ~*~",
    "-- scene break",
    "oOo Scene Break oOo",
    "......line break......",
    "{scene break}",
    "----------------Page Break----------------",
    "[Szenenwechsel]",
    "- Break -",
)
BETWEEN = ("*** Later that day ***", "*** End of scene two ***")  # told in the middle, without the marks
NONE = (
    "Time skip",
    "Scene break",
    "Later that day",
    "*** Later that day ***",
    "*Later*",
    "(Line)",
    "- Page change",
    "— Later.",
    "- Later!",
    "“Time skip”",
    "*change*",
    "*** End of scene two ***",
)


@pytest.mark.parametrize("line", [*BREAKS, *NONE])
def test_a_line_that_names_a_break_in_marks_is_one_in_pages_and_in_texts(line: str) -> None:
    for made, looks in (
        (f"<p>{line}</p>", "p {}"),
        (f"<p align=center><b>{line}</b></p>", "p (center) **{}**"),
        (f"<div>{line}<br></div>", "p {}"),
    ):
        told = looks.format(line)
        if line in BETWEEN:
            told = looks.replace("p {}", "p (center) {}").format(line.strip("* "))
        wanted = f"break {line}" if line in BREAKS else told
        assert shown(read(page(f"{prose()}{made}{prose()}"))) == ["prose(2)", wanted, "prose(2)"]
    plain = "\n\n".join([*PROSE * 2, line, *PROSE * 2])
    parsed = text_parser()(Source("a.txt", plain.encode(), ".txt"))
    prove_parsed(parsed)
    if line in BETWEEN:
        line = f"(center) {line.strip('* ')}"
    wanted = f"break {line}" if line in BREAKS else "p " + re.sub(r"^\*(\w+)\*$", r"_\1_", line)
    assert shown(parsed) == ["prose(2)", wanted, "prose(2)"]


@pytest.mark.parametrize("line", ["* * *", "~Scene Change~"])
def test_a_break_in_a_headings_element_is_no_heading(line: str) -> None:
    assert shown(read(page(f"{prose()}<h3>{line}</h3>{prose()}"))) == ["prose(2)", f"break {line}", "prose(2)"]


def test_a_roman_number_in_a_headings_element_is_no_break() -> None:
    assert shown(read(page(f"<h3>XIX</h3>{prose()}<h3>XX</h3>{prose()}"))) == [
        "# [chapter 19] XIX",
        "prose(2)",
        "# [chapter 20] XX",
        "prose(2)",
    ]


TYPED = (
    "“I *never* said so,” she said.",
    "It was *the other* lamp.<br>He went *out*.",
    "And _nobody_ could say by whom.",
    "They had *all* gone, and a*b*c is no word.",
)


def emphasised(parsed: Parsed) -> list[str]:
    found: list[str] = []

    def look(content: Inlines) -> None:
        for inline in content:
            if isinstance(inline, Emphasis):
                found.append(plain_text(inline.content))
            elif isinstance(inline, Strong):
                look(inline.content)

    for chapter in parsed.book.chapters:
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                look(block.content)
    return found


def test_emphasis_typed_into_a_page_is_read_as_in_plain_text() -> None:
    typed = "".join(f"<p>{line}</p>" for line in TYPED)
    parsed = read(page(prose() + typed))
    assert emphasised(parsed) == ["never", "the other", "out", "all"]  # one pair of underscores is no habit
    assert shown(parsed) == [
        "prose(2)",
        "p “I _never_ said so,” she said.",
        "p It was _the other_ lamp. / He went _out_.",
        "p And _nobody_ could say by whom.",
        "p They had _all_ gone, and a*b*c is no word.",
    ]
    assert [e.found for e in parsed.evidence if e.topic == "emphasis"] == ["*"]
    plain = "\n\n".join(line.replace("<br>", " ") for line in (*PROSE * 2, *TYPED))
    told = text_parser()(Source("a.txt", plain.encode(), ".txt"))
    assert [e for e in emphasised(told) if e != "nobody"] == emphasised(parsed)


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{line}</p>" for line in TYPED) + "<p>It was <i>green</i>.</p>",
        f"<p>{TYPED[0]}</p><p>{TYPED[3]}</p>",
        "<p>You can go to *hell.</p><p>What the f**k, and d*mn it, and sh*t.</p><p>2 * 3 * 4</p><p>*See below.</p>",
        "<p>See a_b_c and d_e_f and g_h_i and _j and k_.</p>",
    ],
)
def test_signs_on_a_page_are_no_emphasis(body: str) -> None:
    parsed = read(page(prose() + body))
    lines = ["p " + line.replace("<br>", " / ") for line in re.findall("<p>(.*?)</p>", body)]
    assert shown(parsed) == ["prose(2)", *(line.replace("<i>green</i>", "_green_") for line in lines)]
    assert "emphasis" not in {e.topic for e in parsed.evidence}


def test_what_looks_like_markup_in_a_page_loses_nothing() -> None:
    odd = "<p>*one* [i]two[/i] *three*</p><p>*four* www.example.org/*five*</p><p>*six* me@example.org</p>"
    assert shown(read(page(prose() + "".join(f"<p>{line}</p>" for line in TYPED) + odd))) == [
        "prose(2)",
        "p “I _never_ said so,” she said.",
        "p It was _the other_ lamp. / He went _out_.",
        "p And _nobody_ could say by whom.",
        "p They had _all_ gone, and a*b*c is no word.",
        "p *one* [i]two[/i] *three*",
        "p *four* www.example.org/*five*",
        "p *six* me@example.org",
    ]


def test_a_list_whose_levels_stand_side_by_side_is_one() -> None:
    parts = (
        "<ul class='lst-kix_a-0 start'><li>apples</li></ul><ul class='lst-kix_a-1 start'><li>red</li><li>green</li></ul>"
        "<ul class='lst-kix_a-0'><li>pears</li></ul><ol class='lst-kix_b-0 start' start='3'><li>three</li></ol>"
        "<ol class='lst-kix_b-1 start'><li>inner</li></ol><ol class='lst-kix_b-0'><li>four</li></ol>"
    )
    assert shown(read(page(f"{prose()}{parts}{prose()}"))) == [
        "prose(2)",
        "-",
        "  p apples",
        "  -",
        "    p red",
        "  -",
        "    p green",
        "-",
        "  p pears",
        "3",
        "  p three",
        "  1",
        "    p inner",
        "4",
        "  p four",
        "prose(2)",
    ]


def test_a_word_processors_title_is_surer_than_its_files_name() -> None:
    head = "<html><head><title>Ms final v7</title></head><body lang=EN-GB>"
    body = f"<div class=WordSection1><p class=MsoTitle>THE FERRY</p>{''.join(f'<p class=MsoNormal>{p}</p>' for p in PROSE)}</div>"
    parsed = read(f"{head}{body}</body></html>")
    assert parsed.book.metadata.title == "THE FERRY"
    assert shown(parsed) == ["prose(1)"]
