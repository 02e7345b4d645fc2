"""Contents lists that programs wrote and nobody looked at: which are followed, and what makes the chapters of the others."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from converter.document.words import chapter_name
from tests.packed.epubs import METADATA, SALT, Epub, document, nav, ncx, picture, prose, read
from tests.pages.making import left_out

NAMES = [f"split_{number:03}.html" for number in range(12)]
TITLES = ["The Gate", "The Rope", "The Lamp", "The Salt"]
NUMBERS = [f'<p class="c5"><b>{number}</b></p>' for number in range(1, 5)]
BOLD = [f"<p><b>{title}</b></p>" for title in TITLES]
NOTHING = [""] * 4


def _book(heads: list[str], labels: list[str], names: list[str] = NAMES, *, metadata: str = METADATA) -> Epub:
    bodies = {name: document(head + prose() * 2, title="Unknown") for name, head in zip(names, heads, strict=False)}
    return Epub({**bodies, "toc.ncx": ncx(*zip(labels, names, strict=False))}, metadata=metadata)


def _names(parsed: Parsed) -> list[str]:
    return [chapter_name(one) for one in parsed.book.chapters]


def _codes(parsed: Parsed) -> list[str]:
    return [finding.code for finding in parsed.findings]


@pytest.mark.parametrize(
    ("heads", "labels", "named"),
    [
        (NUMBERS, ["Unknown", "Page 12", "Untitled", "4"], ["1", "2", "3", "4"]),
        (NUMBERS, ["Unbekannt", "Sans titre", "Sin título", "無題"], ["1", "2", "3", "4"]),
        (NUMBERS, ["The Salt Road"] * 4, ["1", "2", "3", "4"]),
        (BOLD, [f"Section {number}" for number in range(1, 5)], TITLES),
        (BOLD, ["Chapter"] * 4, TITLES),
        (NOTHING, ["Unknown"] * 4, ["", "", "", ""]),
        (NOTHING, ["Chapter_0001.xhtml"] * 4, ["", "", "", ""]),
    ],
)
def test_a_list_that_says_nothing_names_no_chapter(heads: list[str], labels: list[str], named: list[str]) -> None:
    parsed = read(_book(heads, labels))
    assert _names(parsed) == named
    assert _codes(parsed) == ["contents-disregarded"]


@pytest.mark.parametrize(
    ("heads", "labels", "named"),
    [
        (NOTHING, ["1", "2", "3", "4"], ["1", "2", "3", "4"]),
        (NOTHING, ["Part 1", "Part 2", "Part 3", "Part 4"], ["Part 1", "Part 2", "Part 3", "Part 4"]),
        (["<p>Anna</p>"] * 3 + ["<p>Ben</p>"], ["Anna", "Anna", "Anna", "Ben"], ["Anna", "Anna", "Anna", "Ben"]),
        (NOTHING, ["Unknown", "Prologue", "The Gate", "The Rope"], ["", "Prologue", "The Gate", "The Rope"]),
        ([f"<h2>{title}</h2>" for title in TITLES], [TITLES[n] for n in (2, 0, 3, 1)], TITLES),
        ([f"<h2>{title}</h2>" for title in TITLES], ["index_split_000", "part0004", "ch01", "a.html"], TITLES),
        ([f"<h2>{title}</h2>" for title in TITLES[:3]] + [""], ["The Salt Road"] * 4, [*TITLES[:3], ""]),
    ],
)
def test_a_list_that_names_chapters_is_followed(heads: list[str], labels: list[str], named: list[str]) -> None:
    parsed = read(_book(heads, labels))
    assert _names(parsed) == named
    assert not _codes(parsed)


@pytest.mark.parametrize("label", ["Start", "The Salt Road"])
def test_one_entry_for_a_whole_book_makes_no_chapter_of_it(label: str) -> None:
    assert _names(read(_book(NOTHING, [label]))) == ["", "", "", ""]
    assert _names(read(_book(NUMBERS, [label]))) == ["1", "2", "3", "4"]


def test_entries_that_lead_nowhere_divide_nothing() -> None:
    lost = Epub(
        {
            "a.html": document(f"<h2>One</h2>{prose()}<h2>Two</h2>{prose()}"),
            "toc.ncx": ncx(("A", "x.html"), ("B", "y.html")),
        }
    )
    assert (_names(read(lost)), _codes(read(lost))) == (["One", "Two"], ["contents-disregarded"])
    cover: dict[str, str | bytes] = {
        "cover.html": document('<img src="c.png" alt=""/>'),
        "c.png": picture(),
        "nav.xhtml": nav(("Cover", "cover.html")),
    }
    files: dict[str, str | bytes] = {**cover, **_book(NOTHING, []).files}
    assert _names(read(Epub(files, properties={"c.png": "cover-image"}))) == ["", "", "", ""]


@pytest.mark.parametrize("label", ["Page {}", "{}"])
def test_pages_are_no_chapters(label: str) -> None:
    """Each page of the print is a document, and most of them end in mid-sentence."""
    words = " ".join(SALT * 6).split()
    pages = [" ".join(words[at : at + 25]) for at in range(0, len(words), 25)]
    files = {name: document(f"<p>{text}</p>") for name, text in zip(NAMES, pages, strict=False)}
    parsed = read(Epub({**files, "toc.ncx": ncx(*((label.format(n), name) for n, name in enumerate(files, 1)))}))
    assert (_names(parsed), _codes(parsed)) == ([""], ["contents-disregarded"])


def test_paragraphs_are_no_chapters() -> None:
    files: dict[str, str] = {}
    entries: list[tuple[str, str]] = []
    for title, name in zip(TITLES, NAMES, strict=False):
        files[name] = document(f"<h2>{title}</h2>" + "".join(f'<p id="p{n}">{s}</p>' for n, s in enumerate(SALT)))
        entries += [(" ".join(s.split()[:5]) + "…", f"{name}#p{n}") for n, s in enumerate(SALT)]
    parsed = read(Epub({**files, "toc.ncx": ncx(*entries)}))
    assert (_names(parsed), _codes(parsed)) == (TITLES, ["contents-disregarded"])


def test_the_pages_around_a_converted_story_are_known() -> None:
    """A converter's own page is left out, the title page tells the title that a file's name had worn down, and what
    advertises is behind the story."""
    around = {
        "a.html": document("<p>[Created by ePub Maker Trial]</p>"),
        "t.html": document("<p><b>THE SALT ROAD</b></p><p>Ines Varga</p>"),
        "d.html": document("<p>For my mother</p>"),
    }
    last = document(
        "<p>Also by Ines Varga</p><p>The Toll of Geese</p><p>Join my newsletter at http://varga.example</p>"
    )
    files = {**around, **{n: b for n, b in _book(NOTHING, []).files.items() if n != "toc.ncx"}, "z.html": last}
    said = METADATA.replace("The Salt Road", "salt road (z-lib.org)")
    parsed = read(Epub({**files, "toc.ncx": ncx(*(("Unknown", name) for name in files))}, metadata=said))
    assert (parsed.book.metadata.title, parsed.book.metadata.found_in("title")) == ("THE SALT ROAD", "EPUB, title page")
    assert [one.kind for one in parsed.book.chapters] == ["front", *["chapter"] * 4, "back"]
    assert ("a converter's page", "[Created by ePub Maker Trial]") in left_out(parsed)


def test_a_title_that_was_a_files_name_has_no_marks_of_its_site() -> None:
    said = METADATA.replace("The Salt Road", "the salt road (z-lib.org)")
    assert read(_book(NUMBERS, ["1", "2", "3", "4"], metadata=said)).book.metadata.title == "The Salt Road"
