"""What is longer than its line, in both engines: titles, headings, words of the text, of the contents, of tables."""

from __future__ import annotations

import re
from itertools import pairwise

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Book, Cell, Chapter, Metadata, Person, Table
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.long_words import hyphenated
from converter.writers.pdf import print_book
from tests.print.feature import prose, said, text

ENGINES = ("typst", "weasyprint")
LONG_TITLE = (
    "A True and Particular Account of the Wreck of the Matchless Bark Halcyon upon the Coast of the Eleven Thousand"
    " Islands, and of the Wonderful Rescue of Nine of Her Company, Set Down by One Who Was Not There: With an Appendix"
)
LONG_NAME = "Wilhelmina Theophania von Hohenschwangau-Oettingen-Wallerstein de la Tour et Papadimitrakopoulou"
SHIP = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"


def printed(book: Book, engine: Engine, theme: str = "classic", page: str = "a5") -> pymupdf.Document:
    made = print_book(book, load_theme(theme), page, "screen", engine=engine)
    prove_pdf(book, made.data)
    return pymupdf.open(stream=made.data, filetype="pdf")


def book_of(title: str, *blocks: Block, language: str = "de", heading: str = "Eins", name: str = "") -> Book:
    people = (Person(name),) if name else ()
    metadata = Metadata(title=title, language=language, identifier="urn:x:1", people=people, series="The Long Series")
    first = Chapter((*blocks, *prose(6)), title=text(heading))
    return Book(metadata, (first, Chapter(prose(3, 2), title=text("Zwei"))))


def torn(document: pymupdf.Document, word: str) -> list[str]:
    """The ends of lines that part this word without a hyphen."""
    lines = [
        "".join(span["text"] for span in line["spans"]).strip()
        for page in document
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]
    found = []
    for one, other in pairwise(lines):
        end = re.search(r"[^\W\d_]+$", one.replace("\u00ad", ""))
        begin = re.match(r"[^\W\d_]+", other.replace("\u00ad", ""))
        if end and begin and not one.endswith(("-", "\u2010", "\u00ad")) and end[0] + begin[0] in word:
            found.append(f"{end[0]}|{begin[0]}")
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("theme", "page"), [("modern", "pocket"), ("romance", "a5"), ("classic", "phone")])
def test_a_long_title_is_one_page_and_in_its_measure(engine: Engine, theme: str, page: str) -> None:
    document = printed(book_of(LONG_TITLE, name=LONG_NAME, language="en"), engine, theme, page)
    first = document[0]
    words = " ".join(first.get_text().split())
    assert "Account" in words
    assert "The Long Series" in words
    left = min(x for x, *_ in first.get_text("words"))
    right = max(word[2] for word in first.get_text("words"))
    assert left > 0
    assert right < first.rect.width - 10


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("theme", ["classic", "large-print"])
def test_a_word_longer_than_its_line_is_hyphenated(engine: Engine, theme: str) -> None:
    story = book_of("Eine Reise", said(f"Sie ging zur {SHIP} und kam wieder."), heading=SHIP)
    document = printed(story, engine, theme, "pocket")
    assert not torn(document, SHIP)
    assert document[0].rect.width > max(word[2] for page in document for word in page.get_text("words"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", ["a5", "phone"])
def test_no_word_of_a_cell_is_torn(engine: Engine, page: str) -> None:
    rows = [
        ("Harbour", "Pilot compulsory?", "Remarks of the harbour-master", "Left"),
        ("Grey Goose", "certainly", "There is no sea here; see the appendix, which is missing.", "10 March"),
        ("The Widow Arkwright", "no", "Candles.", "same day"),
    ]
    table = Table(tuple(tuple(Cell((said(words),)) for words in row) for row in rows))
    document = printed(book_of("Tables", table, language="en"), engine, "classic", page)
    for word in " ".join(" ".join(row) for row in rows).replace("-", " ").split():
        assert not torn(document, word.strip("?,.;"))


def test_hyphens_stand_where_the_language_has_them() -> None:
    parts = hyphenated("“Donaudampfschiff,”", "de").split("\u00ad")
    assert parts == ["“Do", "nau", "dampf", "schiff,”"]
    assert "".join(parts) == "“Donaudampfschiff,”"
    assert hyphenated("https://a.b/1234567890123", "en").count("\u00ad") == 0
    assert max(map(len, hyphenated("A" + "a" * 40, "xx").split("\u00ad"))) <= 10
    assert hyphenated("東京都東京都東京都", "ja") == "東京都東京都東京都"


@pytest.mark.parametrize("engine", ENGINES)
def test_emoji_are_letters_of_ours(engine: Engine) -> None:
    signs = "\U0001f5fc \u2764\ufe0f \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1eb\U0001f1f7"
    story = book_of(f"The Tower {signs}", said(f"She sent {signs} and nothing else."), language="en")
    made = print_book(story, load_theme("classic"), "a5", "screen", engine=engine)
    assert not made.findings
    document = pymupdf.open(stream=made.data, filetype="pdf")
    assert any("Emoji" in font[3] for page in document for font in page.get_fonts())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_japanese_dash_is_two_signs_wide(engine: Engine) -> None:
    document = printed(book_of("旅", said("彼は――そうかもしれない――と言った。"), language="ja", heading="一"), engine)
    spans = [s for page in document for b in page.get_text("rawdict")["blocks"] for line in b.get("lines", ())
             for s in line["spans"]]  # fmt: skip
    wide = [(c["bbox"][2] - c["bbox"][0]) / s["size"] for s in spans for c in s["chars"] if c["c"] == "―"]
    assert len(wide) == 4
    assert abs(sum(wide) - 4) < 0.1


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize(
    "title", ["INSTRUCTIONS FOR MY MOTHER’S KITCHEN", "Salt and Other Animals", "The Weir and the Watermen"]
)
def test_words_that_belong_together_part_where_a_line_has_no_room_for_them(engine: Engine, title: str) -> None:
    """Held together they would reach over the edges of a small page, or be torn inside a word."""
    document = printed(book_of(title, *prose(2), language="en", heading=title), engine, "classic", "phone")
    shown = []
    for page in document:
        edge = page.rect.width - 8
        for block in page.get_text("dict")["blocks"]:
            shown += [
                "".join(s["text"] for s in line["spans"]).replace("\u00a0", " ").strip()
                for line in block.get("lines", ())
            ]
            assert all(line["bbox"][0] > 8 and line["bbox"][2] < edge for line in block.get("lines", ()))
    words = {word for line in shown for word in line.split()}
    assert set(title.split()) <= words
