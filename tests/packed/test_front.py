"""The front of an EPUB, and contents lists that say little of it: which pages are no chapters, and where those begin."""

from __future__ import annotations

import pytest

from converter.document.model import Person
from converter.document.words import chapter_name
from tests.packed.epubs import METADATA, SALT, Epub, document, nav, ncx, prose, read
from tests.pages.making import left_out, shown

STORY = {
    "c1.xhtml": document(f"<h2>Chapter 1: The Mules</h2>{prose()}"),
    "c2.xhtml": document(f"<h2>Chapter 2: The Bridge</h2>{prose()}"),
}
LISTED = (("Chapter 1: The Mules", "c1.xhtml"), ("Chapter 2: The Bridge", "c2.xhtml"))
TWO = ["# [chapter 1] Chapter 1 / The Mules", "prose(1)", "# [chapter 2] Chapter 2 / The Bridge", "prose(1)"]
FRONT = {
    "t.xhtml": document("<h1>The Salt Road</h1><p>A Novel of the Valley</p><p>Ines Varga</p>"),
    "d.xhtml": document('<p style="text-align: center"><i>For Petra, who kept the fire in</i></p>'),
    "e.xhtml": document("<blockquote><p>The road takes what it is lent.</p><p>— Valley saying</p></blockquote>"),
}


def test_pages_before_the_first_entry_are_a_title_page_and_leaves() -> None:
    parsed = read(Epub({**FRONT, **STORY, "toc.ncx": ncx(*LISTED)}))
    assert shown(parsed, SALT) == [
        "# [front]", "dedication:", "  p (center) _For Petra, who kept the fire in_",
        "# [front]", "epigraph:", "  p The road takes what it is lent.", "  p — Valley saying", *TWO,
    ]  # fmt: skip
    assert parsed.book.metadata.subtitle == "A Novel of the Valley"
    assert [text for _, text in left_out(parsed)] == ["The Salt Road", "A Novel of the Valley", "Ines Varga"]


@pytest.mark.parametrize(
    "entry", ["The Salt Road", "Title Page", "Start", "Page de titre", "Титул", "奥付", "Εξώφυλλο"]
)
def test_an_entry_that_says_the_title_leads_to_no_chapter(entry: str) -> None:
    front = document(
        "<h1>THE SALT ROAD</h1><p>by Ines Varga</p><h2>Contents</h2><p>Chapter 1: The Mules</p><p>Chapter 2: The Bridge</p>"
    )
    assert shown(read(Epub({"t.xhtml": front, **STORY, "toc.ncx": ncx((entry, "t.xhtml"), *LISTED)})), SALT) == TWO


def test_a_story_called_as_the_book_is_a_chapter() -> None:
    """The first story of a book gives it its name: it is told, and keeps its heading."""
    first = document(f"<h2>The Salt Road</h2>{prose(SALT * 5)}")
    book = Epub({"a.xhtml": first, **STORY, "toc.ncx": ncx(("The Salt Road", "a.xhtml"), *LISTED)})
    assert shown(read(book), SALT)[:2] == ["# [chapter] The Salt Road", "prose(5)"]


LINES = "".join(
    f'<p class="c"><b>Chapter {n}</b></p><p class="c"><b>{t}</b></p>{prose(SALT * 2)}'
    for n, t in (("One", "The Mules"), ("Two", "The Bridge"), ("Three", "The Toll"))
)


@pytest.mark.parametrize("entry", ["Start", "the-salt-road.html", "The Salt Road", "Book"])
def test_one_entry_for_all_does_not_hide_the_chapters(entry: str) -> None:
    whole = document(
        f'<p class="c"><b>THE SALT ROAD</b></p><p class="c">Ines Varga</p>{LINES}',
        "<style>.c{text-align:center}</style>",
    )
    parsed = read(Epub({"index.html": whole, "toc.ncx": ncx((entry, "index.html"))}))
    assert [chapter_name(c) for c in parsed.book.chapters] == [
        "Chapter One: The Mules",
        "Chapter Two: The Bridge",
        "Chapter Three: The Toll",
    ]
    assert not parsed.insertions


def test_one_entry_of_one_chapter_is_its_heading() -> None:
    parsed = read(Epub({"a.xhtml": document(prose()), "toc.ncx": ncx(("The Toll", "a.xhtml"))}))
    assert shown(parsed, SALT) == ["# [chapter] The Toll", "prose(1)"]


def test_a_document_that_begins_as_chapters_do_is_one() -> None:
    more = document(f"<h2>An Afterthought</h2>{prose()}")
    scene = document(f"<h4>Later</h4>{prose()}")
    parsed = read(Epub({**STORY, "c3.xhtml": more, "c4.xhtml": scene, "nav.xhtml": nav(*LISTED)}))
    assert shown(parsed, SALT) == [*TWO, "# [chapter] An Afterthought", "prose(1)", "h1 Later", "prose(1)"]


def cut(first: str, second: str) -> list[str]:
    files = {
        "a_000.xhtml": document(f"<h2>The Mules</h2><p>{first}</p>"),
        "a_001.xhtml": document(f"<hr/><p>{second}</p>"),
    }
    return shown(read(Epub({**files, **STORY, "toc.ncx": ncx(("The Mules", "a_000.xhtml"), *LISTED)})), SALT)[1:-4]


def test_a_sentence_cut_between_documents_is_whole() -> None:
    assert cut("She waited until the needle had", "stopped, and wrote.") == [
        "p She waited until the needle had stopped, and wrote."
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("It was late.", "and then"), ("She waited until", "Petra came."), ("She said:", "no.")]
)
def test_whole_sentences_are_not_joined(first: str, second: str) -> None:
    assert cut(first, second) == [f"p {first}", "break", f"p {second}"]


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Varga, Ines", (Person("Ines Varga", "aut", "Varga, Ines"),)),
        ("van der Berg, Anna", (Person("Anna van der Berg", "aut", "van der Berg, Anna"),)),
        ("Bo Carrow &amp; Ines Varga", (Person("Bo Carrow"), Person("Ines Varga"))),
        ("Sammy Harrow, Jr.", (Person("Sammy Harrow, Jr."),)),
        ("quietgull", (Person("quietgull"),)),
    ],
)
def test_authors_are_said_as_people_are(said: str, people: tuple[Person, ...]) -> None:
    metadata = METADATA.replace("Ines Varga", said)
    assert read(Epub(STORY, metadata=metadata)).book.metadata.people == people


@pytest.mark.parametrize(("tag", "language"), [("C", ""), ("und", ""), ("de-AT", "de-AT"), ("en_GB", "en_GB")])
def test_a_machines_locale_is_no_language(tag: str, language: str) -> None:
    metadata = METADATA.replace(">en<", f">{tag}<")
    assert read(Epub({**STORY, "toc.ncx": ncx(*LISTED)}, metadata=metadata)).book.metadata.language == language


@pytest.mark.parametrize("title", ["Microsoft Word - salt FINAL v3.docx", "salt.indd", "Unknown.pdf"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    metadata = METADATA.replace("The Salt Road", title)
    assert read(Epub({**STORY, "toc.ncx": ncx(*LISTED)}, metadata=metadata)).book.metadata.title == ""
