"""Paragraph shapes, breaks, looks and hidden text, each on a page of a few lines."""

from __future__ import annotations

import sys

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Block, Emphasis, Note, Paragraph, Strong, Styled, Text
from converter.document.words import plain_text
from converter.parsers.items.paragraphs import is_break_text
from converter.parsers.markdown import parse_markdown
from tests.pages.making import PROSE, left_out, page, prose, read, shown


def blocks(body: str, head: str = "") -> tuple[Block, ...]:
    return tuple(b for c in read(page(body, head)).book.chapters for b in c.blocks)


def kinds(body: str) -> str:
    letters = {
        "Paragraph": "p",
        "SceneBreak": "*",
        "Verse": "v",
        "Quote": "q",
        "Aside": "a",
        "List": "l",
        "Table": "t",
        "Heading": "h",
    }
    return "".join(letters.get(type(b).__name__, "?") for b in blocks(body))


LONG = [p + " " + q for p in PROSE for q in PROSE][:12]


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        ("".join(f"<p>{p}</p>" for p in LONG), "pppppppppppp"),
        ("".join(f"<div>{p}</div>" for p in LONG), "pppppppppppp"),
        ("<br><br>".join(LONG), "pppppppppppp"),
        ("<p>" + "<br/>\n<br/>".join(LONG) + "</p>", "pppppppppppp"),
        ("<br>".join(LONG), "pppppppppppp"),
        ("<br><br>".join(LONG[:6]) + "<br><br><br><br>" + "<br><br>".join(LONG[6:]), "pppppp*pppppp"),
        ("".join(f"<p>{p}</p><p>&nbsp;</p>" for p in LONG), "pppppppppppp"),
        ("".join(f"<p>{p}</p>" for p in LONG[:6]) + "<p>&nbsp;</p>" + "".join(f"<p>{p}</p>" for p in LONG[6:]), "pppppp*pppppp"),
        ("".join(f"<div>{p}</div><div><br></div>" for p in LONG[:6]) + "<div><br></div><div><br></div>"
         + "".join(f"<div>{p}</div><div><br></div>" for p in LONG[6:]), "pppppp*pppppp"),
        ("".join(f"<p>{p}</p>" for p in LONG[:3]) + "<hr><p>* * *</p><hr>" + "".join(f"<p>{p}</p>" for p in LONG[3:6]), "ppp*ppp"),
        (f"<p>{LONG[0]}</p><p>The sea is wide,<br>the lamp is low,<br>and who may tell<br>where herring go?</p><p>{LONG[1]}</p>", "pvp"),
        ("<p>" + "".join(w + ("<br>" if i % 11 == 10 else " ") for i, w in enumerate(" ".join(LONG).split())) + "</p>", "p"),
    ],
)  # fmt: skip
def test_shapes(body: str, shape: str) -> None:
    assert kinds(body) == shape


@pytest.mark.parametrize(
    "sign",
    [
        "***",
        "* * *",
        "~",
        "oOo",
        "xXx",
        "xxx",
        "-oOo-",
        "~*~",
        "•",
        "#",
        "—",
        "⁂",
        "===",
        "oOoOoOo",
        "X X X",
        "<><><>",
        "ooo000ooo",
    ],
)
def test_what_parts_scenes(sign: str) -> None:
    assert is_break_text(sign)


@pytest.mark.parametrize(
    "words", ["...", "?!", "“...”", "Oh", "No", "xo", "I", "a", "42", "ok", "Ox", "", "1.", "!", "O, no", "XXV"]
)
def test_what_does_not_part_scenes(words: str) -> None:
    assert not is_break_text(words)


@pytest.mark.parametrize(
    ("markup", "head", "made"),
    [
        ("<em>x</em>", "", Emphasis((Text("x"),))),
        ("<span style='font-style:italic'>x</span>", "", Emphasis((Text("x"),))),
        ("<span class=c3>x</span>", "<style>.c3{font-style:oblique}</style>", Emphasis((Text("x"),))),
        ("<span class=c3>x</span>", "<style>@media print{.c3{font-style:italic}}</style>", None),
        ("<b style='font-weight:normal'>x</b>", "", None),
        ("<span style='font-weight:700'>x</span>", "", Strong((Text("x"),))),
        ("<span style='font-variant:small-caps'>x</span>", "", Styled("small-caps", (Text("x"),))),
        ("<span style='text-decoration:line-through'>x</span>", "", Styled("strike", (Text("x"),))),
        ("<span style='vertical-align:super'>x</span>", "", Styled("super", (Text("x"),))),
        ("<i class=plain>x</i>", "<style>p .plain{font-style:normal !important}</style>", None),
        ("<i>x</i><i>y</i>", "", Emphasis((Text("xy"),))),
    ],
)
def test_looks_become_meaning(markup: str, head: str, made: object) -> None:
    found = blocks(prose() + f"<p>A word {markup} here.</p>", head)[-1]
    assert isinstance(found, Paragraph)
    if made is None:
        assert found.content == (Text("A word x here."),)
    else:
        assert made in found.content


def test_spaces_stand_outside_the_marks() -> None:
    found = blocks(prose() + "<p>one<em> two </em>three</p>")[-1]
    assert isinstance(found, Paragraph)
    assert found.content == (Text("one "), Emphasis((Text("two"),)), Text(" three"))


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>secret</p>",
        "<p class=z>secret</p><style>.z{display:none}</style>",
        "<p hidden>secret</p>",
        "<span style='visibility:hidden'>secret</span>",
        "<span style='font-size:0'>secret</span>",
        "<p style='position:absolute;left:-9999px'>secret</p>",
        "<span class='sr-only'>secret</span>",
        "<span class='off-screen'>secret</span>",
        "<span class='element-invisible'>secret</span>",
        "<span class='assistive-text'>secret</span>",
        "<i aria-hidden=true>secret</i>",
    ],
)
def test_hidden_text_is_left_out_and_listed_or_kept(hidden: str) -> None:
    parsed = read(page(prose() + hidden + prose()))
    assert shown(parsed) == ["prose(4)"]
    assert left_out(parsed) == [("hidden", "secret")]
    kept = "p _secret_" if hidden.startswith("<i") else "p secret"
    assert shown(read(page(prose() + hidden + prose()), hidden="keep")) == ["prose(2)", kept, "prose(2)"]


def test_spoilers_and_transparent_text_are_not_hidden() -> None:
    body = "<div class=spoiler><button>Show</button><div style='display:none'>He did it.</div></div><p style='color:transparent'>boo</p>"
    parsed = read(page(prose() + body + prose()))
    assert shown(parsed) == ["prose(2)", "spoiler: Show", "  p He did it.", "p boo", "prose(2)"]


@pytest.mark.parametrize(
    ("mark", "typed", "kept"),
    [
        ("1", "1. ", ""), ("1", "[1] ", ""), ("1", "1) ", ""), ("1", "1: ", ""), ("*", "* ", ""),
        ("1", "1 ", "1 "), ("1", "12. ", "12. "), ("1", "", ""),
    ],
)  # fmt: skip
def test_a_note_s_own_number_is_not_its_text(mark: str, typed: str, kept: str) -> None:
    parsed = read(page(
        f'{prose()}<p>She read it twice.<a href="#fn1" id="r1"><sup>{mark}</sup></a></p>'
        f'<p id="fn1">{typed}Out of habit. <a href="#r1">↩</a></p>'
    ))  # fmt: skip
    (note,) = [i for c in parsed.book.chapters for b in c.blocks if isinstance(b, Paragraph)
               for i in b.content if isinstance(i, Note)]  # fmt: skip
    assert plain_text(note.blocks[0].content).strip() == f"{kept}Out of habit."  # type: ignore[union-attr]


def test_authors_notes_stand_beside_the_story() -> None:
    notes = "<p>A/N: Hello again!</p><hr>", "<hr><p><b>Author's Note:</b> Thanks.</p><p>Bye.</p>"
    assert shown(read(page(prose(4).join(notes)))) == [
        "note-before:",
        "  p A/N: Hello again!",
        "break",
        "prose(4)",
        "break",
        "note-after:",
        "  p **Author's Note:** Thanks.",
        "  p Bye.",
    ]


def test_lines_are_those_of_the_source() -> None:
    found = blocks("\n\n<p>one</p>\n" + prose() + "\n<p>\n last</p>")
    assert found[0].origin is not None
    assert found[0].origin.line == 3
    assert found[-1].origin is not None
    assert found[-1].origin.line == 5


def test_a_known_site_needs_no_reader_library() -> None:
    for name in [n for n in sys.modules if n.split(".")[0] in ("readability", "trafilatura")]:
        del sys.modules[name]
    read(page(f"<div id=chp_raw>{prose()}</div><div class=chapter-title>Chapter 1</div>"))
    assert not [n for n in sys.modules if n.split(".")[0] in ("readability", "trafilatura")]


# ---------------------------------------------------------------------------------------------------- Markdown


def markdown(source: str) -> Parsed:
    return parse_markdown(Source("story.md", source.encode(), ".md"))


def test_markdown_is_story_first() -> None:
    parsed = markdown(
        "---\ntitle: The Kiln\nauthor: Mara Quill\ntags: [clay, slow]\n---\n\n# The Kiln\n\n## Chapter 1: Smoke\n\nIt was *late*.[^1]\n---\nAfter.\n\n"
        "    No code.\n\n1986. That year.\n\n## Chapter 2: Ash\n\n> “Yes.”\n\n[^1]: By the _clock_.\n"
    )
    assert (parsed.book.metadata.title, parsed.book.metadata.authors, parsed.book.metadata.tags) == (
        "The Kiln",
        ("Mara Quill",),
        ("clay", "slow"),
    )
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1 / Smoke",
        "p It was _late_.[^1 p By the _clock_.]",
        "break",
        "p After.",
        "p No code.",
        "p 1986. That year.",
        "# [chapter 2] Chapter 2 / Ash",
        "quote:",
        "  p “Yes.”",
    ]
    assert parsed.book.chapters[0].blocks[0].origin is not None
    assert parsed.book.chapters[0].blocks[0].origin.line == 11


def test_markdown_with_a_paragraph_on_every_line() -> None:
    assert shown(markdown("\n".join(LONG))) == [f"p {line}" for line in LONG]


def test_markdown_that_is_hard_wrapped() -> None:
    import textwrap

    parsed = markdown("\n\n".join(textwrap.fill(p, 60) for p in LONG))
    assert shown(parsed) == [f"p {line}" for line in LONG]


def test_a_single_file_page_tells_where_it_came_from() -> None:
    comment = "<!--\n Page saved with SingleFile \n url: https://lamps.example/green \n saved date: Mon -->"
    parsed = read(f"<!DOCTYPE html><html>{comment}<head><title>Lamp</title></head><body>{prose()}</body></html>")
    assert parsed.book.metadata.source == "https://lamps.example/green"


def test_hidden_text_that_is_kept_is_told_with_its_words() -> None:
    body = f"{prose()}<p style='display:none'>Stolen from road.example.</p>"
    parsed = read(page(body), hidden="keep")
    assert shown(parsed) == ["prose(2)", "p Stolen from road.example."]
    told = [d for d in parsed.findings if d.code == "html-hidden"]
    assert [(d.severity, d.message) for d in told] == [
        ("doubt", "3 hidden words in 1 places were kept; `--hidden` changes that: Stolen from road.example.")
    ]


def test_a_frame_drawn_around_a_few_lines_is_a_box() -> None:
    def framed(style: str, inner: str) -> list[str]:
        return shown(read(page(f"{prose()}<div style='{style}'>{inner}</div>{prose()}")))

    quest = "<p>Quest: the weir</p>"
    assert framed("border: 1px solid", quest) == ["prose(2)", "box:", "  p Quest: the weir", "prose(2)"]
    for style in ("border:none", "border-bottom: 1px solid"):
        assert framed(style, quest) == ["prose(2)", "p Quest: the weir", "prose(2)"]
    assert framed("border: 1px solid", prose(9)) == ["prose(13)"]


def test_a_chat_that_is_drawn_in_bubbles() -> None:
    said = [("Ida", "are you up?"), ("Ben", "no"), ("Ida", "the cat is back")]
    bubbles = "".join(
        f"<div class='msg'><span class='name'>{n}</span><div class='bubble'>{t}</div></div>" for n, t in said
    )
    stamp = "<p class='stamp'>23:10</p>"
    drawn = f"<div class='chat'>{stamp}{bubbles}</div>"
    assert shown(read(page(prose(3) + drawn + prose(3)))) == [
        "prose(3)",
        "chat:",
        "  p 23:10",
        *("  Ida:", "    p are you up?", "  Ben:", "    p no", "  Ida:", "    p the cat is back"),
        "prose(3)",
    ]
    nameless = drawn.replace("class='name'", "class='b'")
    assert "chat:" not in shown(read(page(prose(3) + nameless + prose(3))))


def test_boxes_of_tasks() -> None:
    items = (
        "<li><input type=checkbox checked disabled> the scarf</li><li><label><INPUT TYPE='checkbox'><b>the</b> whistle"
        "</label></li><li><p><input type='checkbox' checked=''>the door</p><ul><li><input type=checkbox> its key</li></ul>"
        "</li><li>the <input type=checkbox checked> boat</li><li><input type=radio checked> six</li><li></li>"
    )
    said = shown(read(page(f"{prose()}<ul>{items}</ul>{prose()}")))
    assert [line for line in said if "p " in line] == [
        "  p ☑ the scarf",
        "  p ☐ **the** whistle",
        "  p ☑ the door",
        "    p ☐ its key",
        "  p the boat",
        "  p six",
    ]


def test_terms_and_what_they_mean() -> None:
    listed = (
        "<dl><dt id=s><b>Skerry</b></dt><dd>A rock.</dd><dd>A <i>name</i>.</dd>\n<div><dt>Geo</dt><dt>Gja</dt>"
        "<dd><p>An inlet.</p><p>Two are here.</p></dd></div></dl>"
    )
    assert shown(read(page(f"{prose()}{listed}{prose()}"))) == [
        "prose(2)",
        "Skerry means",
        "  -",
        "    p A rock.",
        "  -",
        "    p A _name_.",
        "Geo; Gja means",
        "  -",
        "    p An inlet.",
        "    p Two are here.",
        "prose(2)",
    ]


@pytest.mark.parametrize(
    "listed", ["<dd>A rock.</dd>", "<dt>Skerry</dt>", "<dt>Skerry</dt><dd>A rock.</dd>that is all"]
)
def test_lists_that_define_nothing(listed: str) -> None:
    said = shown(read(page(f"{prose()}<dl>{listed}</dl>{prose()}")))
    assert not [line for line in said if "means" in line]
