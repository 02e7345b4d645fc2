"""What a PDF for a screen and one for print look like, page by page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pymupdf
import pytest

from converter.checker.pdf import inspect_pdf
from converter.document.contracts import Engine, MadeFor, Theme
from converter.document.errors import ProofError
from converter.document.model import Chapter, Emphasis, Metadata, Paragraph, Person, Quote
from converter.proof import prove_pdf
from converter.proof.pdf_text import pdf_strands, printed_pages
from converter.themes import load_theme, theme_names
from converter.writers.leaves import parted
from converter.writers.pages import INCH, INSIDE, POINT, page_for
from converter.writers.pdf import Printed, print_book
from converter.writers.pdf.for_press import without_links
from tests.print.clauses import broken_clauses
from tests.print.feature import BOOK, METADATA, prose, said, small, text

Printer = Callable[..., Printed]
POINTS = 72 / INCH


def opened(data: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=data, filetype="pdf")


def empty(page: pymupdf.Page) -> bool:
    return not page.get_text().strip() and not page.get_image_info() and not page.get_drawings()


def recto(style: str = "classic") -> Theme:
    theme = load_theme(style)
    return replace(theme, settings={**theme.settings, "chapters": "recto"})


def edges(page: pymupdf.Page) -> tuple[float, float]:
    """How far the text of a full page is from its left and right edge, in mm."""
    words = [w for w in page.get_text("words") if 75 < w[1] < page.rect.height - 75]
    return min(w[0] for w in words) / POINTS, (page.rect.width - max(w[2] for w in words)) / POINTS


@pytest.mark.parametrize(
    ("theme", "page"),
    [*((theme, "a5") for theme in theme_names()), *(("classic", page) for page in ("kindle-pw", "phone")),
     ("serial", "kobo-clara"), ("large-print", "phone")],
)  # fmt: skip
def test_a_screen_has_a_cover_and_no_blank_page(theme: str, page: str, engine: Engine, printed: Printer) -> None:
    document = opened(printed(theme, page, engine=engine).data)
    assert document[0].get_label() == "Cover"
    assert document[0].get_image_info()
    assert not [p.number for p in document if empty(p)]
    assert METADATA.title in " ".join(document[1].get_text().split())
    title = " ".join(document[1].get_text().split())
    for words in ("A Winter", "Hester Quillfeather", "Odo Marsh", "Tidewrack Press"):  # all on one page
        assert words in title


@pytest.mark.parametrize("count", [1, 2, 3])
def test_recto_openers_leave_no_blank_page_on_a_screen(count: int, engine: Engine) -> None:
    book = small(*(Chapter(prose(5 + n), (), text(f"Chapter {n}")) for n in range(count)))
    assert not [p.number for p in opened(print_book(book, recto(), engine=engine).data) if empty(p)]


@pytest.mark.parametrize("page", ["a5", "6x9", "kobo-libra", "120x190mm"])
def test_text_does_not_jump_from_page_to_page_on_a_screen(page: str, engine: Engine) -> None:
    document = opened(
        print_book(small(Chapter(prose(60), (), text("Long"))), load_theme("classic"), page, engine=engine).data
    )
    wanted = page_for(page, "screen").inner
    for sheet in list(document)[3:7]:
        left, right = edges(sheet)
        assert left == pytest.approx(wanted, abs=0.6)
        assert right == pytest.approx(wanted, abs=0.6)


@pytest.mark.parametrize("theme", theme_names())
def test_the_front_matter_of_a_printed_book(theme: str, engine: Engine, printed: Printer) -> None:
    result = printed(theme, "5x8", "print", engine=engine)
    document = opened(result.data)
    labels = [p.get_label() for p in document]
    assert "Cover" not in labels
    assert labels[:8] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    assert labels[8:] == [str(n) for n in range(1, len(labels) - 7)]
    assert len(document) == result.pages
    assert len(document) % 2 == 0
    said = [" ".join(p.get_text().split()) for p in document]
    assert said[0] == METADATA.title  # half-title, and nothing else
    assert empty(document[1])
    assert METADATA.title in said[2]
    assert "Tidewrack Press" in said[2]
    assert "©" not in said[2]
    for line in (METADATA.title, "Hester Quillfeather", METADATA.rights, METADATA.publisher, METADATA.source,
                 "somebody’s footwear", "Made with Chapbook"):  # fmt: skip
        assert line.replace(" ", "") in said[3].replace(" ", ""), line
    assert METADATA.identifier not in said[3]  # a number for machines
    assert said[4] == "For everyone who has waited on a wall"
    assert empty(document[5])
    assert "Contents" in said[6]
    assert empty(document[7])
    before, story = parted(BOOK, bound=True)
    prove_pdf(story, result.data, before)


@pytest.mark.parametrize("made_for", ["screen", "print"])
@pytest.mark.parametrize("people", [(), (Person("Ada Thorn"),)], ids=["by nobody", "by somebody"])
def test_a_title_typed_in_capitals_stands_on_the_title_page(
    people: tuple[Person, ...], made_for: MadeFor, engine: Engine
) -> None:
    book = small(Chapter(prose(2)), title="THE QUIET FERRY")
    book = replace(book, metadata=replace(book.metadata, people=people))
    document = opened(print_book(book, load_theme("classic"), "a5", made_for, engine=engine).data)
    title_page = document[2 if made_for == "print" else 0].get_text()
    assert "quietferry" in "".join(title_page.casefold().split())


def test_an_isbn_stands_in_the_colophon(engine: Engine) -> None:
    book = small(Chapter(prose(2)), isbn="9780306406157", identifier="urn:uuid:0b6b0b2e-0000-4000-8000-000000000000")
    colophon = opened(print_book(book, load_theme("modern"), "a5", "print", engine=engine).data)[3].get_text()
    assert "ISBN 9780306406157" in colophon
    assert "urn:uuid" not in colophon


def test_an_identifier_that_people_know_stands_in_the_colophon(engine: Engine) -> None:
    book = small(Chapter(prose(2)), identifier="doi:10.1000/182")
    assert (
        "doi:10.1000/182"
        in opened(print_book(book, load_theme("modern"), "a5", "print", engine=engine).data)[3].get_text()
    )


@pytest.mark.parametrize("page", ["pocket"])
@pytest.mark.parametrize("style", theme_names())
def test_the_colophon_begins_on_the_first_line_with_the_title_set_apart(style: str, page: str, engine: Engine) -> None:
    document = opened(print_book(small(Chapter(prose(2))), load_theme(style), page, "print", engine=engine).data)
    lines = [line for b in document[3].get_text("dict")["blocks"] for line in b.get("lines", ())]
    title, made = lines[0]["spans"][0], lines[-1]["spans"][0]
    assert title["bbox"][1] < page_for(page, "print").top / POINT + 12
    if style != "manuscript":
        assert (title["font"], round(title["size"], 1)) != (made["font"], round(made["size"], 1))


@pytest.mark.parametrize("style", theme_names())
def test_half_title_and_colophon_look_alike_in_both_engines(style: str) -> None:
    looks = []
    for engine in ("typst", "weasyprint"):
        document = opened(print_book(small(Chapter(prose(2))), load_theme(style), "a5", "print", engine=engine).data)
        lines = [line for n in (0, 3) for b in document[n].get_text("dict")["blocks"] for line in b.get("lines", ())]
        spans = [line["spans"][0] for line in lines]
        looks.append([(s["text"][:9], s["size"], s["color"], *s["origin"]) for s in spans])
    for one, other in zip(*looks, strict=True):
        assert one[0] == other[0]
        assert one[1:] == pytest.approx(other[1:], abs=3), (one, other)
        assert one[1] == pytest.approx(other[1], abs=0.1)


@pytest.mark.parametrize("theme", theme_names())
def test_the_contents_bear_a_roman_number_where_the_style_has_its_numbers(
    theme: str, engine: Engine, printed: Printer
) -> None:
    document = opened(printed(theme, "5x8", "print", engine=engine).data)
    numbers = {}
    for at, number in ((6, "vii"), (10, "3")):
        words = [w for w in document[at].get_text("words") if w[4] == number]
        edge = 0.12 * document[at].rect.height
        numbers[number] = [(w[0] + w[2]) / 2 for w in words if not edge < w[1] < document[at].rect.height - edge]
    assert len(numbers["vii"]) == 1, numbers
    assert numbers["vii"][0] == pytest.approx(numbers["3"][0], abs=6)


@pytest.mark.parametrize("style", theme_names())
@pytest.mark.usefixtures("outline_kept")
def test_blank_versos_are_blank(style: str, engine: Engine) -> None:
    book = small(*(Chapter(prose(3 + 2 * n, n), (), text(f"Chapter number {n}")) for n in range(6)))
    result = print_book(book, recto(style), "5x8", "print", engine=engine)
    document = opened(result.data)
    starts = [entry[2] for entry in document.get_toc()[2:]]
    assert len(starts) == 6
    assert all(start % 2 for start in starts)
    blank = [p.number + 1 for p in document if empty(p)]
    assert blank[:2] == [2, 6]
    assert all(number % 2 == 0 for number in blank)
    assert len(blank) >= 4
    assert len(document) % 2 == 0
    prove_pdf(book, result.data)
    assert [p.number for p in printed_pages(result.data)] == [p.get_label() for p in list(document)[6:]]


@pytest.mark.parametrize("more", range(4))
def test_the_pages_of_a_printed_book_are_even_and_its_boxes_one(more: int, engine: Engine) -> None:
    book = small(Chapter(prose(7 * more + 1), (), text("One")))
    data = print_book(book, load_theme("classic"), "6x9", "print", engine=engine).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) % 2 == 0
        for page in pdf.pages:
            assert [float(n) for n in page.mediabox] == pytest.approx([0, 0, 432, 648], abs=0.01)


@pytest.mark.parametrize("page", ["5x8", "a5"])
def test_margins_are_mirrored_in_print(page: str, engine: Engine) -> None:
    document = opened(
        print_book(
            small(Chapter(prose(60), (), text("Long"))), load_theme("classic"), page, "print", engine=engine
        ).data
    )
    sheet = page_for(page, "print")
    for number in (5, 6, 7, 8):
        inner, outer = edges(document[number]) if number % 2 == 0 else reversed(edges(document[number]))
        assert inner == pytest.approx(sheet.inner, abs=0.6), number
        assert outer == pytest.approx(sheet.outer, abs=0.6), number


@pytest.mark.slow
def test_the_inner_margin_is_that_of_the_pages_as_they_are(engine: Engine) -> None:
    """Short chapters take more pages than their words say: the first guess is a row too thin."""
    book = small(*(Chapter(prose(1, n), (), text(f"{n}")) for n in range(90)))
    result = print_book(book, recto("modern"), "5x8", "print", engine=engine)
    assert 180 < result.pages <= 300
    document = opened(result.data)
    least = next(mm for most, mm in INSIDE if result.pages <= most)
    full = [p for p in document if p.number > 40 and p.number % 2 == 0 and len(p.get_text()) > 60][:12]
    left = min(edges(p)[0] for p in full)
    assert left == pytest.approx(least + 0.125 * INCH, abs=0.6)


def test_pages_run_the_other_way_in_a_book_from_right_to_left(engine: Engine) -> None:
    book = replace(small(Chapter(prose(30), (), text("One"))), metadata=Metadata(title="منارة", language="ar"))
    document = opened(print_book(book, load_theme("classic"), "a5", "print", engine=engine).data)
    sheet = page_for("a5", "print")
    first = next(p.number for p in document if p.get_label() == "1")
    assert first % 2 == 0
    left, right = edges(document[first + 2])  # a first page is on the left, its spine on the right
    assert (left, right) == (pytest.approx(sheet.outer, abs=0.8), pytest.approx(sheet.inner, abs=0.8))


def test_print_is_the_same_bytes_every_time(engine: Engine) -> None:
    book = small(Chapter(prose(9), (), text("One")), Chapter(prose(9), (), text("Two")))
    assert (
        print_book(book, recto(), "a5", "print", engine=engine).data
        == print_book(book, recto(), "a5", "print", engine=engine).data
    )


@pytest.mark.parametrize("page", ["phone", "5x8"])
@pytest.mark.parametrize("style", theme_names())
def test_no_word_of_a_long_title_is_cut_off(page: str, style: str, engine: Engine) -> None:
    title = "Incomprehensibilities of the Counterrevolutionary Lighthousekeepers"
    book = small(Chapter(prose(3), (), text(title)), Chapter(prose(1), (), text("Two")), title=title)
    for sheet in opened(print_book(book, load_theme(style), page, engine=engine).data):
        assert all(w[0] >= -0.5 and w[2] <= sheet.rect.width + 0.5 for w in sheet.get_text("words"))


@pytest.mark.parametrize("style", ["classic", "large-print"])
def test_an_entry_of_the_contents_keeps_all_its_words(style: str, engine: Engine) -> None:
    title = "A History of Incomprehensibilities and Lighthousekeepers"
    book = small(Chapter(prose(1), (), text(title)), Chapter(prose(1), (), text("Two")))
    document = opened(print_book(book, load_theme(style), engine=engine).data)
    contents = document[document.get_toc()[1][2] - 1].get_text()
    letters = "".join(contents.replace("\u2060", "").split())
    assert title.replace(" ", "") in letters


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("style", ["large-print", "manuscript"])
def test_short_last_paragraphs_leave_a_page_together(style: str, draft: bool) -> None:
    """Where nothing levels the feet, no chapter's last page has a line or two that all the lines above could join."""
    ends = (said("He went out."), said("It was late."))
    book = small(*(Chapter((*prose(n, n), prose(1)[0], *ends), (), text(f"Part {n}")) for n in range(3, 18)))
    document = opened(print_book(book, load_theme(style), engine="typst", draft=draft).data)
    starts = [page - 1 for _, name, page in document.get_toc() if name.startswith("Part")]
    checked = 0
    for start, after in zip(starts, [*starts[1:], len(document)], strict=True):
        if after - start > 1:
            last = " ".join(document[after - 1].get_text().split())
            assert "went out" in last
            assert "The harbour lay quiet under a rind" in last
            checked += 1
    assert checked > 10


def inks(data: bytes) -> set[tuple[str, ...]]:
    """The colours of a PDF's text, strokes and grounds as its pages say them: the space or operator, and its values."""
    found: set[tuple[str, ...]] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            spaces = page.obj.Resources.get("/ColorSpace", {})
            space = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "cs" | "CS":
                        space = str(spaces.get(operands[0], operands[0]))
                    case "sc" | "SC" | "scn" | "SCN":
                        found.add((space, *map(str, operands)))
                    case "g" | "G":
                        found.add(("/DeviceGray", *map(str, operands)))
                    case "rg" | "RG" | "k" | "K":
                        found.add((str(operator), *map(str, operands)))
    return found


@pytest.mark.parametrize("theme", theme_names())
def test_the_inside_of_a_printed_book_is_black_ink_alone(theme: str, engine: Engine, printed: Printer) -> None:
    found = inks(printed(theme, "5x8", "print", engine=engine).data)
    assert ("/DeviceGray", "0") in {(space, f"{float(value):g}") for space, value in found}
    for space, value in found:  # grounds are light or, below white letters, dark
        assert space == "/DeviceGray"
        assert float(value) in (0, 1) or float(value) > 0.85 or float(value) < 0.5


def test_a_style_may_have_its_colours_printed(engine: Engine) -> None:
    theme = load_theme("romance")
    own = replace(theme, settings={**theme.settings, "print-colours": "own"})
    book = small(Chapter(prose(4), (), text("One")))
    assert any(len(colour) == 4 for colour in inks(print_book(book, own, "a5", "print", engine=engine).data))


@pytest.mark.parametrize("page", ["5x8", "pocket"])
@pytest.mark.parametrize("style", ["classic", "large-print"])
def test_a_colophon_is_one_page_however_much_is_known(style: str, page: str, engine: Engine) -> None:
    book = small(
        *(Chapter(prose(2), (), text(f"Chapter {n}")) for n in (1, 2)),
        description="\n".join("A lighthouse keeper counts the boats that do not come back. " * 6 for _ in range(4)),
        fandoms=("The Tidewater Chronicles",), characters=tuple(f"Keeper of the Light Number {n}" for n in range(60)),
        relationships=("Marta & Ilse",), genres=("Mystery",), rating="Teen And Up Audiences", warnings=("None",),
        tags=tuple(f"lamps lit for reason {n}" for n in range(120)), words="2,345", status="Complete",
        published="2024-02-11", updated="2024-03-02", source="https://tidewater.example/works/1",
    )  # fmt: skip
    document = opened(print_book(book, load_theme(style), page, "print", engine=engine).data)
    said = " ".join(document[3].get_text().split())
    assert "Made with Chapbook" in said
    assert "Contents" in document[4].get_text()
    assert "reason 0" in said  # shortened at a name's end, and not away
    assert "…" in said
    assert said.count("\u2026") <= 3


LEAVES = (
    Chapter((Paragraph((Emphasis(text("To the draught under the door")),)),), text("Dedication"), (), "dedication"),
    Chapter((Quote((Paragraph(text("Small rooms have weather.")),)),), (), text("Epigraph")),
)


@pytest.mark.parametrize("style", ["classic", "serial"])
def test_dedication_and_epigraph_are_leaves_before_the_contents(style: str, engine: Engine) -> None:
    book = small(*LEAVES, *(Chapter(prose(8), (), text(f"Chapter {n}")) for n in (1, 2)))
    data = print_book(book, load_theme(style), "5x8", "print", engine=engine).data
    document = opened(data)
    said = [" ".join(p.get_text().split()) for p in document]
    assert said[4:9] == ["To the draught under the door", "", "Small rooms have weather.", "", said[8]]
    assert "Contents" in said[8]
    assert "Dedication" not in said[8]
    assert "Epigraph" not in said[8]
    assert [p.get_label() for p in document][8:11] == ["ix", "x", "1"]
    before, story = parted(book, bound=True)
    assert len(before) == 2
    prove_pdf(story, data, before)
    with pytest.raises(ProofError):
        prove_pdf(story, data, (Chapter(prose(2)),))


def test_dedication_and_epigraph_stay_in_the_story_on_a_screen(engine: Engine) -> None:
    book = small(*LEAVES, *(Chapter(prose(60), (), text(f"Chapter {n}")) for n in (1, 2)))
    document = opened(print_book(book, load_theme("classic"), engine=engine).data)
    assert "Dedication" in document[2].get_text()


def test_a_foreword_is_no_leaf_and_leaves_begin_a_book(engine: Engine) -> None:
    later = Chapter(prose(2), (), text("Epigraph"))
    foreword = Chapter(prose(8), text("Foreword"), (), "foreword")
    book = small(LEAVES[0], foreword, Chapter(prose(8), (), text("One")), later)
    document = opened(print_book(book, load_theme("classic"), "5x8", "print", engine=engine).data)
    said = [" ".join(p.get_text().split()) for p in document]
    assert said[4] == "To the draught under the door"
    assert "Foreword" in said[6]
    assert "Epigraph" in said[6]


@pytest.mark.parametrize("style", ["classic", "serial"])
@pytest.mark.usefixtures("outline_kept")
def test_parts_begin_on_the_right_and_a_bare_one_has_a_blank_back(style: str, engine: Engine) -> None:
    chapters = tuple(Chapter(prose(14), (), text(f"Chapter {n}")) for n in (1, 2))
    book = small(
        Chapter((), text("Part One"), text("Drafts"), "part", None, chapters),
        Chapter(prose(3), text("Part Two"), text("Drafts"), "part", None, chapters),
    )
    document = opened(print_book(book, load_theme(style), "5x8", "print", engine=engine).data)
    pages = {title: page for _, title, page in document.get_toc() if title.startswith("Part")}
    assert [page % 2 for page in pages.values()] == [1, 1]
    first, _ = pages.values()
    assert empty(document[first])
    assert "Chapter 1" in document[first + 1].get_text()


@pytest.mark.parametrize("style", ["classic", "romance"])
@pytest.mark.usefixtures("outline_kept")
def test_a_part_with_an_epigraph_has_a_blank_back_as_a_bare_one_has(style: str, engine: Engine) -> None:
    chapters = tuple(Chapter(prose(14), (), text(f"Chapter {n}")) for n in (1, 2))
    motto = Quote((*prose(1), Paragraph(text("— A proverb"))), "epigraph")
    book = small(
        *(Chapter((motto,), text(f"Part {n}"), text("Drafts"), "part", None, chapters) for n in ("One", "Two"))
    )
    document = opened(print_book(book, load_theme(style), "5x8", "print", engine=engine).data)
    pages = [page for _, title, page in document.get_toc() if title.startswith("Part")]
    assert [page % 2 for page in pages] == [1, 1]
    for page in pages:
        assert "A proverb" in document[page - 1].get_text()
        assert empty(document[page])
        assert "Chapter 1" in document[page + 1].get_text()


def screen_only(data: bytes) -> tuple[int, int, int]:
    """How many entries the outline has at its top, how many annotations there are, how many elements are links."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Link"]
        notes = sum(len(page.get("/Annots", ())) for page in pdf.pages)
        return int(pdf.Root.get("/Outlines", {}).get("/Count", 0)), notes, len(links)


def test_a_file_for_print_has_no_outline_and_no_links(engine: Engine, printed: Printer) -> None:
    data = printed("classic", "5x8", "print", engine=engine).data
    assert screen_only(data) == (0, 0, 0)
    assert all(screen_only(printed("classic", "a5", engine=engine).data))
    assert not broken_clauses(data)
    assert "structure-outline" not in {flaw.code for flaw in inspect_pdf(data).flaws}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names
        for page in pdf.pages:
            assert list(page.trimbox) == list(page.mediabox)
            assert page.obj.TrimBox == page.mediabox


def test_what_is_taken_out_leaves_the_words_and_the_tags(printed: Printer) -> None:
    screen = printed("classic", engine="typst").data
    taken = without_links(screen)
    assert taken == without_links(screen)
    assert pdf_strands(taken) == pdf_strands(screen)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize(
    ("known", "apart"),
    [
        ({"published": "2016-02-13"}, False),
        ({"published": "2016-02-13", "words": "2,800", "publisher": "Undertow"}, False),
        ({"published": "2016-02-13", "words": "2,800", "status": "Complete"}, False),
        (
            {
                "published": "2016-02-13",
                "status": "On hold",
                "rating": "Teen",
                "updated": "2016-03-01",
                "source": "https://undertow.example/9",
            },
            True,
        ),
        ({"published": "2016-02-13", "description": "A lamp goes out."}, True),
    ],
)
def test_a_line_about_the_story_has_no_page_of_its_own(engine: Engine, known: dict[str, str], apart: bool) -> None:
    book = small(Chapter(prose(2), (), text("One")))
    book = replace(book, metadata=replace(book.metadata, title="The Bell Rope", **known))  # type: ignore[arg-type]
    document = pymupdf.open(stream=print_book(book, load_theme("classic"), "a5", engine=engine).data, filetype="pdf")
    assert len(document) == (3 if apart else 2)
    assert ("2016-02-13" in document[0].get_text()) != apart
    assert "2016-02-13" in document[0].get_text() + document[1].get_text()
