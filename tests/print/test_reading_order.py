"""A PDF is read in one order: by its structure, by what its pages paint, and by a checker of PDF/UA."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pymupdf
import pytest

from converter.build.api import convert
from converter.document.contracts import Engine, MadeFor, Theme
from converter.document.model import Chapter, Definition, Emphasis, List, Paragraph, Quote, Text
from converter.proof import prove_pdf
from converter.themes import load_theme, theme_names
from converter.writers.pdf import Printed, print_book
from converter.writers.pdf.reading_order import settle_order
from converter.writers.pdf.repainting import repaint
from tests.print.feature import BOOK, note, picture, prose, said, small, text
from tests.print.test_scripts import CHINESE, HEBREW, HINDI, JAPANESE, KOREAN, THAI

STORIES = sorted(p for p in (Path(__file__).parents[2] / "stories").iterdir() if p.suffix in (".txt", ".md", ".html"))
LOOKS: tuple[tuple[str, str, MadeFor], ...] = (
    ("classic", "a5", "screen"),
    ("modern", "letter", "screen"),
    ("romance", "phone", "screen"),
    ("serial", "6x9", "print"),
    ("manuscript", "a5", "print"),
    ("large-print", "phone", "screen"),
)
"""Each style once, each of the sizes that differ most; samples take them in turn, with each engine another."""


ONLY_ON_SCREENS = frozenset({"NAV-001", "LNK-010"})  # no outline, addresses without links: a file for print has neither


def told(data: bytes, folder: Path, made_for: MadeFor = "screen") -> list[str]:
    """The errors and warnings of a checker of PDF/UA-1."""
    path = folder / "book.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path))
    assert not result.error
    minded = [f for f in result.findings if f.severity != "info"]
    if made_for == "print":
        minded = [f for f in minded if f.rule not in ONLY_ON_SCREENS]
    return [f"{f.severity} {f.rule} {f.message}" for f in minded]


@pytest.mark.parametrize("theme", theme_names())
def test_every_kind_of_block_can_be_read_aloud(
    theme: str, engine: Engine, printed: Callable[..., Printed], tmp_path: Path
) -> None:
    assert not told(printed(theme, engine=engine).data, tmp_path)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_every_sample_can_be_read_aloud(story: Path, engine: Engine, tmp_path: Path) -> None:
    turn = STORIES.index(story) + (0 if engine == "typst" else 3)
    style, page, made_for = LOOKS[turn % len(LOOKS)]
    made = convert(story, to=["pdf"], style=style, page=page, made_for=made_for, engine=engine)
    assert not told(made["pdf"], tmp_path, made_for), (style, page, made_for)


def test_samples_have_every_look() -> None:
    assert len(STORIES) >= len(LOOKS)


@pytest.mark.parametrize(
    ("language", "words"),
    [("he", HEBREW), ("hi", HINDI), ("th", THAI), ("zh", CHINESE), ("ja", JAPANESE), ("ko", KOREAN)],
)
def test_every_script_can_be_read_aloud(language: str, words: str, engine: Engine, tmp_path: Path) -> None:
    book = replace(
        small(*(Chapter((said(words * 9),) * 3, (), text(words[:6])),) * 2, language=language, title=words[:8])
    )
    assert not told(print_book(replace(book, cover=BOOK.cover), load_theme("classic"), engine=engine).data, tmp_path)


def test_a_cover_says_what_stands_on_it(engine: Engine) -> None:
    book = replace(small(Chapter(prose(3), (), text("One"))), cover=BOOK.cover)
    nameless = replace(book, metadata=replace(book.metadata, people=()))
    for one, said_so in ((book, "Cover: Small, Nobody"), (nameless, "Cover – Small")):
        with pikepdf.open(io.BytesIO(print_book(one, load_theme("classic"), engine=engine).data)) as pdf:
            figures = [e for e in elements(pdf) if e.S == "/Figure"]
            assert [str(figure.Alt) for figure in figures] == [said_so]


# ------------------------------------------------------------------------------------------- what is read after what


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The structure elements in order."""
    root = pdf.Root.StructTreeRoot.K
    waiting = [root[0] if isinstance(root, pikepdf.Array) else root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed([k for k in kids_of(element) if isinstance(k, pikepdf.Dictionary) and "/S" in k]))


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K", ())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def order_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], list[int]]:
    """The marked contents of each page in the order of the structure, taken element by element."""
    found: dict[tuple[int, int], list[int]] = {}
    for element in elements(pdf):
        for kid in kids_of(element):
            if isinstance(kid, int):
                found.setdefault(element.Pg.objgen, []).append(kid)
            elif "/MCID" in kid:
                found.setdefault(kid.get("/Pg", element.get("/Pg")).objgen, []).append(int(kid.MCID))
    return found


def painted(page: pikepdf.Page) -> list[int]:
    """The marked contents of a page in the order in which they are painted."""
    marks = (operands[1] for operands, op in pikepdf.parse_content_stream(page) if str(op) == "BDC")  # type: ignore[misc]
    return [int(one.MCID) for one in marks if isinstance(one, pikepdf.Dictionary) and "/MCID" in one]


NOTED = small(
    Chapter(
        (
            Paragraph((Text("A house"), note("Of brick."), Text(" by "), Emphasis(text("the")), Text(" sea"), note("Salt."))),
            *prose(3),
            List(((said("a rope"),), (said("a lamp"),)), ordered=True),
            Quote((said("No bathing."),), "sign"),
            *prose(60, 2),
            Paragraph((*text("It ended", " there"), note("It did."))),
        ),
        (),
        text("One"),
    )
)  # fmt: skip


@pytest.fixture(scope="module", params=["classic", "serial", "large-print"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_pages_paint_in_the_order_of_the_structure(theme: Theme, engine: Engine) -> None:
    with pikepdf.open(io.BytesIO(print_book(NOTED, theme, engine=engine).data)) as pdf:
        wanted = order_of(pdf)
        for page in pdf.pages:
            assert painted(page) == wanted.get(page.obj.objgen, [])
        numbers = pdf.Root.StructTreeRoot.ParentTree
        owners = dict(_pairs(numbers))
        for element in elements(pdf):
            for kid in kids_of(element):
                if isinstance(kid, int):
                    assert owners[int(element.Pg.StructParents)][kid].objgen == element.objgen


def _pairs(node: Any) -> Iterator[tuple[int, Any]]:
    for kid in node.get("/Kids", ()):
        yield from _pairs(kid)
    flat = list(node.get("/Nums", ()))
    yield from ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))


def test_a_note_is_read_after_its_paragraph(theme: Theme, engine: Engine) -> None:
    with pikepdf.open(io.BytesIO(print_book(NOTED, theme, engine=engine).data)) as pdf:
        notes = [e for e in elements(pdf) if e.S == "/Note"]
        assert len(notes) == 3
        holder = next(e for e in elements(pdf) if any(_same(k, notes[0]) for k in kids_of(e)))
        at = next(i for i, kid in enumerate(kids_of(holder)) if _same(kid, notes[0]))
        before, *others = kids_of(holder)[at - 1 : at + 3]
        assert before.S == "/P"
        assert [kid.S for kid in others] == ["/Note", "/Note", "/P"]
        assert all(_same(kid.P, holder) for kid in others)
        assert not any(str(one.P.get("/S")) == "/P" for one in notes)


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.objgen == other.objgen


def test_content_after_elements_is_an_element_too(theme: Theme, engine: Engine) -> None:
    with pikepdf.open(io.BytesIO(print_book(NOTED, theme, engine=engine).data)) as pdf:
        mixed = 0
        for element in elements(pdf):
            kinds = "".join(
                "S" if _has(k, "/S") else "m" if isinstance(k, int) or _has(k, "/MCID") else ""
                for k in kids_of(element)
            )
            assert "Sm" not in kinds, element.S
            mixed += "SS" in kinds and element.S == "/P"
        assert mixed


def _has(kid: Any, key: str) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and key in kid


def test_a_paragraph_over_two_pages_is_one(theme: Theme, engine: Engine) -> None:
    count = len(NOTED.chapters[0].blocks)
    with pikepdf.open(io.BytesIO(print_book(NOTED, theme, engine=engine).data)) as pdf:
        order = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        over = []
        for paragraph in (e for e in elements(pdf) if e.S == "/P"):
            pages = sorted({order[page] for page in _pages_of(paragraph)})
            assert all(b == a + 1 for a, b in pairwise(pages))
            over.append(len(pages) > 1)
        assert sum(over) >= 3
        told = [e for e in elements(pdf) if e.S == "/P" and e.P.S in ("/Document", "/Sect")]
        assert count - 2 <= len(told) <= count + 4  # all but list and quote, and lines of the pages before the story


def _pages_of(element: Any) -> Iterator[tuple[int, int]]:
    waiting = [(element, element.get("/Pg"))]
    while waiting:
        one, page = waiting.pop()
        if isinstance(one, int):
            yield page.objgen
        elif "/MCID" in one:
            yield one.get("/Pg", page).objgen
        elif "/S" in one:
            waiting.extend((kid, one.get("/Pg", page)) for kid in kids_of(one))


def test_parts_and_chapters_have_levels_of_their_own(theme: Theme, engine: Engine) -> None:
    inner = tuple(Chapter(prose(4, n), text(f"Chapter {n}"), text("On"), number=n) for n in (1, 2))
    parts = tuple(Chapter((), text(f"Part {n}"), text("Of"), "part", children=inner) for n in (1, 2))
    document = print_book(small(*parts), theme, engine=engine)
    with pikepdf.open(io.BytesIO(document.data)) as pdf:
        tags = [str(e.S) for e in elements(pdf) if str(e.S).startswith("/H")]
    assert tags[-6:] == ["/H1", "/H2", "/H2"] * 2
    outline = [(level, name[:4]) for level, name, *_ in pymupdf.open(stream=document.data).get_toc()]
    assert outline[-6:] == [(1, "Part"), (2, "Chap"), (2, "Chap")] * 2


# --------------------------------------------------------------------------------------------- painted once more


def pixels(data: bytes) -> list[bytes]:
    return [page.get_pixmap(dpi=72).samples for page in pymupdf.open(stream=data)]


def alike(before: list[bytes], after: list[bytes]) -> bool:
    """Whether pages look the same but for a shade at the rim of a shape, which depends on what was painted before."""
    assert list(map(len, before)) == list(map(len, after))
    return all(
        abs(a - b) < 3 for one, other in zip(before, after, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_a_page_painted_anew_looks_as_it_did(engine: Engine) -> None:
    data = print_book(NOTED, load_theme("modern"), engine=engine).data
    before = pixels(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            marks = painted(page)
            assert repaint(pdf, page.obj, marks[::-1])
            assert painted(page) == marks[::-1]
        out = io.BytesIO()
        pdf.save(out)
    assert alike(before, pixels(out.getvalue()))


STATES = b"""q 1 0 0 1 20 20 cm 1 0 0 rg
/Span <</MCID 0>> BDC 0 0 30 10 re f EMC
0 0 40 40 re W n
/Span <</MCID 1>> BDC 0 0 1 rg 0 20 60 10 re f EMC
q 2 0 0 2 0 0 cm /Span <</MCID 2>> BDC 10 6 8 3 re f EMC Q
/Artifact BMC 33 0 5 8 re f EMC
Q
/Span <</MCID 3>> BDC 80 80 10 10 re f EMC
"""


def painting(stream: bytes) -> tuple[pikepdf.Pdf, Any]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Contents = pdf.make_stream(stream)
    return pdf, page


def shown(pdf: pikepdf.Pdf) -> list[bytes]:
    out = io.BytesIO()
    pdf.save(out)
    return pixels(out.getvalue())


def test_what_is_painted_elsewhere_has_the_state_that_it_had() -> None:
    pdf, page = painting(STATES)
    before = shown(pdf)
    assert {before[0][i : i + 3] for i in range(0, len(before[0]), 3)} == {
        b"\xff" * 3,
        b"\0" * 3,
        b"\xff\0\0",
        b"\0\0\xff",
    }
    assert repaint(pdf, page.obj, [3, 1, 0, 2])
    assert painted(page) == [3, 1, 0, 2]
    assert shown(pdf) == before


@pytest.mark.parametrize(
    ("stream", "order"),
    [
        (STATES, [0, 1, 2]),
        (b"q /Span <</MCID 0>> BDC Q EMC", [0]),
        (b"Q Q /Span <</MCID 0>> BDC 0 0 5 5 re f EMC", [0]),
        (b"/Span <</MCID 0>> BDC 0 0 5 5 re f", [0]),
    ],
)
def test_what_is_not_understood_is_left_alone(stream: bytes, order: list[int]) -> None:
    pdf, page = painting(stream)
    assert not repaint(pdf, page.obj, order)
    assert page.obj.Contents.read_bytes() == stream


def test_a_pdf_without_structure_is_left_alone() -> None:
    pdf, page = painting(STATES)
    settle_order(pdf)
    assert page.obj.Contents.read_bytes() == STATES


# ------------------------------------------------------------------------------------------------- terms, tasks

LISTED = small(
    Chapter(
        (
            *prose(1),
            Definition((text("Skerry"), text("Sker")), ((said("A rock."),), (said("A name."), said("Of a woman.")))),
            Definition((text("Geo"),), ((said("An inlet."),),)),
            *prose(1),
            List(((said("☑ the lamp"),), (said("☐ the key"),), (said("the boat"),))),
        ),
        (),
        text("One"),
    )
)


def shape(element: Any) -> str:
    """An element of a list as its kinds, those of its items within brackets."""
    name = str(element.S)[1:]
    kids = [kid for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return f"{name}({' '.join(map(shape, kids))})" if name in ("L", "LI", "Lbl") and kids else name


def test_terms_are_labels_of_what_they_mean(engine: Engine) -> None:
    data = print_book(LISTED, load_theme("classic"), engine=engine).data
    prove_pdf(LISTED, data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shapes = [shape(e) for e in elements(pdf) if e.S == "/L"]
    assert shapes[-2] == "L(LI(Lbl(P P) LBody) LI(Lbl(P) LBody))"


def test_terms_stand_above_what_they_mean_and_boxes_before_tasks(engine: Engine) -> None:
    places: dict[str, tuple[float, float]] = {}
    with pymupdf.open(stream=print_book(LISTED, load_theme("classic"), engine=engine).data) as pdf:
        for page in pdf:
            for x, y, *_, word in (w[:5] for w in page.get_text("words")):
                places[word if word[0].isalpha() else word[0]] = x, round(y)
    assert places["Skerry"][0] == places["Sker"][0] == places["Geo"][0]
    assert places["Skerry"][1] < places["Sker"][1] < places["rock."][1] < places["woman."][1] < places["Geo"][1]
    assert places["inlet."][0] > places["Geo"][0] + 20
    assert places["☑"][0] == pytest.approx(places["☐"][0], abs=0.1)
    assert places["lamp"][0] > places["☑"][0]
    assert places["lamp"][1] == pytest.approx(places["☑"][1], abs=6)
    assert "•" in places


@pytest.mark.parametrize("page", ["phone", "letter"])
def test_a_figure_says_where_on_its_page_it_stands(page: str, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "pear.png").write_bytes(picture("image/png", (300, 400), (90, 120, 60), "pear.png").data)
    story = tmp_path / "story.md"
    story.write_text("# The Pear\n\nIt hung there.\n\n![A pear](pear.png)\n\nThen it fell.\n", "utf-8")
    data = convert(story, to=["pdf"], page=page, engine=engine)["pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf, pymupdf.open(stream=data) as seen:
        told = [f for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/S") == "/Figure"]
        (pear,) = (f for f in told if str(f.Alt) == "A pear")
        number = next(n for n, p in enumerate(pdf.pages) if p.objgen == pear.Pg.objgen)
        images = (image for image in seen[number].get_images(full=True) if image[2:4] == (300, 400))
        (shown,) = map(seen[number].get_image_bbox, images)
        height = float(pdf.pages[number].mediabox[3])
        told = pear.A if isinstance(pear.A, pikepdf.Array) else [pear.A]
        left, foot, right, top = next(map(float, a.BBox) for a in told if "/BBox" in a)
    assert (left, height - top, right, height - foot) == pytest.approx(tuple(shown), abs=1.5)
