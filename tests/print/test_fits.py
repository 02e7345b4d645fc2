"""What doesn't fit, and what stands apart, in both engines: pictures, boxes, notes, signs, chats, front notes."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from converter.document.contracts import Engine, MadeFor
from converter.document.model import (
    Aside,
    Block,
    Book,
    Chapter,
    Figure,
    Image,
    Line,
    List,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Speech,
    Text,
    Verse,
)
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import picture, prose, said, small, text

WIDE = picture("image/png", (600, 560), (90, 120, 150), "wide.png")
THEMES = ["classic", "serial", "manuscript"]
POEM = Verse(
    (
        (
            Line(text("The ferry waited below the hill,")),
            Line(text("and all the lamps were low,"), 1),
            Line(
                text(
                    "and every window along the quay was shut against the wind that comes in over the bar at night, as if it were looking for someone"
                ),
                2,
            ),
        ),
    )
)


def printed(book: Book, engine: Engine, theme: str = "classic", made_for: MadeFor = "screen") -> pymupdf.Document:
    made = print_book(book, load_theme(theme), "a5", made_for, engine=engine)
    prove_pdf(book, made.data)
    return pymupdf.open(stream=made.data, filetype="pdf")


def lines(page: pymupdf.Page) -> list[tuple[float, float, str]]:
    """Left edge, baseline and words of each line of a page's text, from above."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            words = "".join(span["text"] for span in line["spans"]).replace("\u00a0", " ").strip()
            if words:
                found.append((line["bbox"][0], line["spans"][0]["origin"][1], words))
    return sorted(found, key=lambda one: (one[1], one[0]))


def place(sheets: pymupdf.Document, words: str, first: int = 0) -> tuple[int, float, float]:
    """Page, left edge and baseline of the first line from this page on that has these words."""
    return next(
        (number, x, y)
        for number, page in enumerate(sheets)
        for x, y, said_ in lines(page)
        if words in said_ and number >= first
    )


def lowest(page: pymupdf.Page) -> float:
    """How far down a page is filled, without its foot."""
    ends = [y for _, y, _ in lines(page) if y < page.rect.height * 0.9]
    return max([*ends, *(info["bbox"][3] for info in page.get_image_info())])


@pytest.mark.parametrize("theme", THEMES)
def test_no_half_page_is_empty_before_a_picture(engine: Engine, theme: str) -> None:
    blocks: list[Block] = []
    for at in range(6):
        blocks += [*prose(4 + at % 3, at), Figure(Image("wide.png", f"View {at}"))]
    story = small(Chapter((*blocks, *prose(6, 9)), title=text("Views")))
    sheets = printed(replace(story, resources=(WIDE,)), engine, theme)
    with_text = [page for page in sheets if sum(1 for _ in lines(page)) > 6][1:-1]
    fullest = max(lowest(page) for page in with_text)
    pages = list(sheets)
    shown = [number for number, page in enumerate(pages) if page.get_image_info()]
    assert sum(len(page.get_image_info()) for page in pages) == 6
    for number in range(shown[0], len(pages) - 1):
        assert fullest - lowest(pages[number]) < pages[number].rect.height / 5, number


HIGH = picture("image/png", (600, 880), (90, 120, 150), "high.png")


@pytest.mark.parametrize("above", [3, 4, 5, 6])
def test_text_goes_round_a_picture_as_high_as_a_page(engine: Engine, above: int) -> None:
    blocks: list[Block] = []
    for at in range(3):
        blocks += [*prose(above + at, at), Figure(Image("high.png", f"View {at}"))]
    story = small(Chapter((*blocks, *prose(12, 9)), title=text("Views")))
    sheets = list(printed(replace(story, resources=(HIGH,)), engine))
    shown = [number for number, page in enumerate(sheets) if page.get_image_info()]
    assert len(shown) == 3
    for number in shown:
        before = sheets[number - 1]
        assert lowest(before) > before.rect.height * 0.75, number


@pytest.mark.parametrize("style", ["classic", "modern"])
@pytest.mark.parametrize("caption", ["", "The wall from the sea"])
def test_a_high_picture_before_the_first_chapter_leaves_no_page_empty(engine: Engine, style: str, caption: str) -> None:
    shown = Figure(Image("high.png", "A view"), text(caption) if caption else ())
    chapters = (Chapter(prose(9), title=text(f"View {n}")) for n in (1, 2))
    story = small(Chapter((shown,), kind="front"), *chapters)
    sheets = list(printed(replace(story, resources=(HIGH,)), engine, style))
    at = next(number for number, page in enumerate(sheets) if "Contents" in page.get_text())
    assert sheets[at + 1].get_image_info()
    assert "View 1" in sheets[at + 2].get_text()


def test_a_short_line_below_a_break_does_not_keep_a_high_picture(engine: Engine) -> None:
    shown = Figure(Image("high.png", "A view"))
    blocks = (*prose(3), SceneBreak(), said("He did not turn round."), shown, *prose(9, 3))
    sheets = printed(replace(small(Chapter(blocks, title=text("Views"))), resources=(HIGH,)), engine)
    page = sheets[place(sheets, "He did not turn round.")[0]]
    assert lowest(page) > page.rect.height * 0.75


@pytest.mark.parametrize("theme", ["classic", "serial"])
def test_a_high_box_goes_on_over_the_page(engine: Engine, theme: str) -> None:
    status = Aside(tuple(said(f"Skill {n}: level {n * 3}") for n in range(1, 21)), "box", text("STATUS"))
    sheets = printed(small(Chapter((*prose(9), status, *prose(4, 3)), title=text("Levels"))), engine, theme)
    first, last = place(sheets, "Skill 1:")[0], place(sheets, "Skill 20:")[0]
    assert last == first + 1


def test_a_note_stands_at_the_foot_whatever_it_opens_with(engine: Engine) -> None:
    items = List((((said("one lamp"),)), ((said("two letters"),))))
    cited = Paragraph(
        (
            Text("It was sung at night"), Note((POEM,)), Text(" and counted"), Note((items,)),
            Text(" and told"), Note((said("So they told it:"), POEM, said("Nobody asked why."))), Text("."),
        )
    )  # fmt: skip
    sheets = printed(small(Chapter((*prose(1), cited, *prose(12)), title=text("Notes"))), engine)
    page, x, y = place(sheets, "The ferry waited")
    assert page == place(sheets, "It was sung")[0]
    assert y > sheets[page].rect.height / 2
    said_of = {words: (left, base) for left, base, words in lines(sheets[page])}
    number = next((left, base) for words, (left, base) in said_of.items() if words in ("1.", "1"))
    assert number[0] < x
    assert abs(number[1] - y) < 1.5, "the number stands beside the first line"
    assert place(sheets, "and all the lamps")[1] > x + 5
    told = lines(sheets[page])
    long = next(i for i, (_, _, words) in enumerate(told) if words.startswith("and every window"))
    assert told[long + 1][0] > told[long][0] + 5, "what is turned over hangs"
    assert place(sheets, "two letters")[0] in (page, page + 1)


def test_signs_are_centred_line_by_line(engine: Engine) -> None:
    sign = Quote((said("THE LAMP", align="left"), Verse(((Line(text("Beds")), Line(text("and candles"), 1)),))), "sign")
    sheets = printed(small(Chapter((*prose(2), sign, *prose(2)), title=text("Signs"))), engine)
    page = sheets[place(sheets, "THE LAMP")[0]]
    middles = [
        (line["bbox"][0] + line["bbox"][2]) / 2
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        if line["spans"][0]["text"].replace("\u00a0", " ").strip() in ("THE LAMP", "Beds", "and candles")
    ]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 2


@pytest.mark.parametrize("theme", ["classic", "serial"])
def test_chats_keep_the_sides_of_their_speakers(engine: Engine, theme: str) -> None:
    long = "there is somebody on the mole again and he walks up and down in front of the lamp as if he waited for it"
    turns = (("Mara:", f"Look, {long}"), ("Jon:", f"No, {long}"), ("Mara:", "Come and see."), ("Jon:", "Never."))
    chat = Quote(tuple(Speech(text(who), (said(words),)) for who, words in turns), "chat")
    sheets = printed(small(Chapter((*prose(2), chat, *prose(2)), title=text("Chat"))), engine, theme)
    page = sheets[place(sheets, "Mara:")[0]]
    of: dict[str, set[int]] = {}
    for x, _, words in lines(page):
        if words.startswith(("Mara:", "Jon:")):
            of.setdefault(words[:3], set()).add(round(x))
    (left,), (right,) = of["Mar"], of["Jon"]
    assert right > left + 20
    if theme == "classic":
        first = next(i for i, (_, _, words) in enumerate(lines(page)) if words.startswith("Mara:"))
        assert lines(page)[first + 1][0] > left + 5, "what is turned over hangs"


@pytest.mark.parametrize("made_for", ["screen", "print"])
@pytest.mark.usefixtures("outline_kept")
def test_front_notes_have_no_page_before_a_short_first_chapter(engine: Engine, made_for: MadeFor) -> None:
    note = Chapter((Aside((said("This was written on a train."),), "note-before"),), kind="front")
    first = Chapter(prose(2), text("Chapter 1"), text("Salt"), number=1)
    second = Chapter(prose(3), text("Chapter 2"), text("Tar"), number=2)
    sheets = printed(small(note, first, second), engine, made_for=made_for)
    page, _, y = place(sheets, "This was written")
    assert place(sheets, "Salt", page)[0] == page
    assert place(sheets, "Salt", page)[2] > y
    assert place(sheets, "Tar", page)[0] == page + 1
    contents = [(title, at) for _, title, at in sheets.get_toc() if "Salt" in title]
    assert contents
    assert contents[0][1] == page + 1


def test_a_dedication_has_its_page_before_a_long_chapter(engine: Engine) -> None:
    dedication = Chapter((Quote((said("For everyone who waited"),), "dedication"),), kind="dedication")
    sheets = printed(small(dedication, Chapter(prose(60), text("Chapter 1"), text("Salt"), number=1)), engine)
    page = place(sheets, "For everyone")[0]
    assert place(sheets, "Salt", page)[0] == page + 1
