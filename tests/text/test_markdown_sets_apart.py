"""What Markdown sets apart: verse in quotations and notes, epigraphs, captions, terms, chats."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.markdown import parse_markdown
from converter.proof import prove_parsed
from converter.recognisers.lines.captions import is_caption, is_caption_below
from tests.pages.making import left_out, shown
from tests.writers.feature_book import picture

TALE = "The mill had stood empty for a year when the miller's cat came back with a key in its mouth and would not say."
TOLD = f"p {TALE}"
PICTURE = picture("mill.png").data


def read(text: str) -> Parsed:
    assets = {"mill.png": PICTURE, "The mill in May.png": PICTURE}
    parsed = parse_markdown(Source("story.md", text.encode(), ".md", assets.get))
    prove_parsed(parsed)
    return parsed


def test_lines_of_a_quotation_and_of_a_note_are_lines() -> None:
    said = shown(
        read(
            f"{TALE}[^1]\n\n> Round goes the wheel,\n> down goes the stone.\n\n{TALE}\n\n[^1]: It ran:\n\n    > Flour, flour,\n    > hour by hour.\n"
        )
    )
    assert "  p Round goes the wheel, / down goes the stone." in said
    assert "Flour, flour, / hour by hour." in said[0]


def test_a_quotation_broken_to_fit_the_width_is_prose() -> None:
    wide = "The mill had stood empty for a year when the miller's cat came back\nwith a key in its mouth and would not say where it had been since\nthe water rose, and nobody asked it twice, for it had a way of\nlooking at people that made them talk about the weather instead.\n"
    quoted = "> She wrote that the wheel had stopped by itself, on a Tuesday, and\n> that she had heard it stop.\n"
    assert "  p She wrote that the wheel had stopped by itself, on a Tuesday, and that she had heard it stop." in shown(
        read(f"{wide}\n{wide}\n{quoted}\n{wide}")
    )


def test_epigraphs_at_the_heads_of_chapters() -> None:
    said = shown(
        read(
            f"# One\n\n> *The stone is slow.*\n> — a saying\n\n{TALE}\n\n> Mind it.\n\n# Two\n\n> She wrote to me.\n\n{TALE}\n"
        )
    )
    assert [line for line in said if line.endswith(":")] == ["epigraph:", "quote:", "quote:"]


@pytest.mark.parametrize(
    ("lines", "caption"),
    [
        ("![The mill in May](mill.png)", "The mill in May"),
        ("![](mill.png)\n*The mill in May*", "_The mill in May_"),
        ("![image](mill.png)\n\n*The mill in May*", "_The mill in May_"),
        ("![image](mill.png)\n\n*She wept.*", ""),
        ("![mill.png](mill.png)", ""),
    ],
)
def test_captions(lines: str, caption: str) -> None:
    said = shown(read(f"# One\n\n{TALE}\n\n{lines}\n\n{TALE}\n"))
    assert next(line for line in said if line.startswith("figure")).partition("” ")[2].strip() == caption


@pytest.mark.parametrize("said", ["The mill in May", "Mill in *May*", "The mill\nin May"])
@pytest.mark.parametrize(
    "title", ["", "The mill in May", "The mill in May, looking north", "The mill", "Seen from the mill: The mill in May", "Mill in *May*"]
)  # fmt: skip
@pytest.mark.parametrize("address", ["mill.png", "<The mill in May.png>"])
def test_a_caption_is_kept_and_what_follows_it_left_out_whatever_its_words(said: str, title: str, address: str) -> None:
    tail = f']({address} "{title}")' if title else f"]({address})"
    parsed = read(f"# One\n\n{TALE}\n\n![{said}{tail}\n\n{TALE}\n")
    (figure,) = (line for line in shown(parsed) if line.startswith("figure"))
    assert figure.partition("” ")[2] == said.replace("*", "_").replace("\n", " ")
    assert [text for rule, text in left_out(parsed) if rule == "picture"] == [tail]


def test_what_is_said_of_a_picture_that_is_not_there_is_left_out() -> None:
    parsed = read(f"# One\n\n{TALE}\n\n![The mill in May](gone.png)\n\n{TALE}\n")
    assert ("picture", "![The mill in May](gone.png)") in left_out(parsed)


@pytest.mark.parametrize("words", ["image 3", "Picture", "cover image", "IMG_0012.jpg", "divider", "photo missing"])
def test_no_captions(words: str) -> None:
    assert not is_caption(words)


def test_words_below_a_picture() -> None:
    assert is_caption_below("The weir, from the east")
    assert not is_caption_below("She had never seen the weir.")
    assert not is_caption_below("“The weir”")


def test_a_picture_before_the_first_heading_is_no_chapter() -> None:
    said = shown(read(f"![The valley, as it was](mill.png)\n\n# The Mill\n\n{TALE}\n\n# The Weir\n\n{TALE}\n"))
    assert [line for line in said if line.startswith("#")] == [
        "# [front]",
        "# [chapter] The Mill",
        "# [chapter] The Weir",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "*A miller counts the days until the valley is flooded, and nobody asks him what he counts them for.*",
        "Copyright © 2019 Ada Thorn. All rights reserved.\n\nTidewrack Press, Harwich\n\nISBN 978-1-4028-9462-6",
    ],
)
def test_a_few_words_before_the_first_heading_are_no_chapter(front: str) -> None:
    said = shown(read(f"# The Mill\n\nAda Thorn\n\n{front}\n\n## One\n\n{TALE * 5}\n\n## Two\n\n{TALE * 5}\n"))
    assert [line for line in said if line.startswith("#")] == ["# [front]", "# [chapter 1] One", "# [chapter 2] Two"]


def test_terms_and_what_they_mean() -> None:
    known = "Sluice\n:   A door for water.\n: Also the water\n  itself.\n\n**Weir**\n: A wall for it.\n"
    assert shown(read(f"{TALE}\n\n{known}\n{TALE}\n")) == [
        TOLD,
        "Sluice means",
        "  -",
        "    p A door for water.",
        "  -",
        "    p Also the water itself.",
        "Weir means",
        "  -",
        "    p A wall for it.",
        TOLD,
    ]


def test_terms_in_tags() -> None:
    tags = "<dl><dt>Sluice</dt><dt>Lock</dt><dd>A door for *water*.</dd></dl>"
    assert shown(read(f"{TALE}\n\n{tags}\n\n{TALE}\n")) == [
        TOLD,
        "Sluice; Lock means",
        "  -",
        "    p A door for *water*.",
        TOLD,
    ]


def test_tasks() -> None:
    parsed = read(
        f"{TALE}\n\n- [x] grind the rye\n- [ ] mend the **wheel**\n    - [X] by noon\n\n1. [x] a number\n\n[x] no item\n\n- [x]\n"
    )
    assert shown(parsed)[1:] == [
        "-",
        "  p ☑ grind the rye",
        "-",
        "  p ☐ mend the **wheel**",
        "  -",
        "    p ☑ by noon",
        "1",
        "  p ☑ a number",
        "p [x] no item",
        "-",
        "  p [x]",
    ]
    assert left_out(parsed) == [("task", "[x]"), ("task", "[X]"), ("list number", "1."), ("task", "[x]")]


def test_a_chat() -> None:
    lines = ["**ida:** up?", "**ben:** no", "**ida:** the cat is back", "**ben:** ok"]
    said = shown(read(f"{TALE}\n\n" + "\n\n".join(lines) + f"\n\n{TALE}\n"))
    assert said[1:4] == ["chat:", "  ida::", "    p up?"]
