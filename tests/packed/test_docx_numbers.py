"""The numbers that Word shows before paragraphs: as words of headings, as first numbers of lists, proved by the witness."""

from __future__ import annotations

import re

import pytest

from converter.document.contracts import Source
from converter.document.errors import ProofError
from converter.document.model import List
from converter.document.words import book_text
from converter.parsers import docx
from converter.parsers.docx import markup, numbering
from converter.proof import prove_parsed
from tests.packed.documents import SALT, STYLES, Document, p, prose, read
from tests.pages.making import shown


def level(text: str, kind: str = "decimal", at: int = 0, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(*lists: str, more: str = "") -> str:
    """Lists of these levels, with ids from 1."""
    kinds = "".join(f'<w:abstractNum w:abstractNumId="{n}">{held}</w:abstractNum>' for n, held in enumerate(lists, 1))
    ids = range(1, len(lists) + 1)
    return kinds + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in ids) + more


def item(text: str, number: int = 1, at: int = 0, style: str = "") -> str:
    return p(text, style=style, more=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


OF_HEADINGS = STYLES.replace('<w:basedOn w:val="Normal"/>', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
HEADINGS = '<w:pStyle w:val="Heading1"/>'


@pytest.mark.parametrize(
    ("pattern", "kind", "wanted"),
    [
        ("Chapter %1:", "decimal", ["Chapter 1 / Tolls", "Chapter 2 / Mules"]),
        ("Part %1 -", "upperRoman", ["Part I / Tolls", "Part II / Mules"]),
        ("%1.", "decimal", ["1. / Tolls", "2. / Mules"]),
        ("Book the %1:", "ordinalText", ["Book the First / Tolls", "Book the Second / Mules"]),
    ],
)
def test_numbers_of_headings_are_words(pattern: str, kind: str, wanted: list[str]) -> None:
    document = Document(
        p("Tolls", style="Heading1") + prose() + p("Mules", style="Heading1") + prose(),
        styles=OF_HEADINGS, numbering=numbered(level(pattern, kind, more=HEADINGS)),
    )  # fmt: skip
    lines = [line for line in shown(read(document), SALT) if line.startswith("# ")]
    assert [re.sub(r"# \[.*?\] ", "", line) for line in lines] == wanted


def test_a_heading_may_be_its_number_alone() -> None:
    document = Document(
        p(style="Heading1") + prose() + p(style="Heading1") + prose(),
        styles=OF_HEADINGS, numbering=numbered(level("Chapter %1", more=HEADINGS)),
    )  # fmt: skip
    assert "Chapter 2" in book_text(read(document).book)


def lists_of(document: Document) -> list[List]:
    return [block for chapter in read(document).book.chapters for block in chapter.blocks if isinstance(block, List)]


def test_a_list_goes_on_behind_a_paragraph() -> None:
    body = item("salt") + item("rope") + p("And then, when the carts were full:") + item("bread") + prose()
    (first, second) = lists_of(Document(prose() + body, numbering=numbered(level("%1."))))
    assert (first.start, len(first.items), second.start, len(second.items)) == (1, 2, 3, 1)
    assert first.ordered
    assert second.ordered


def test_a_list_that_begins_anew_is_one_of_its_own() -> None:
    again = (
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("salt") + item("rope") + item("bread", 9) + item("beer", 9)
    held = lists_of(Document(prose() + body + prose(), numbering=numbered(level("%1."), more=again)))
    assert [(one.start, len(one.items)) for one in held] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(("kind", "wanted"), [("lowerLetter", "a"), ("upperRoman", "I"), ("decimal", "1")])
def test_a_list_keeps_its_numerals(kind: str, wanted: str) -> None:
    (held,) = lists_of(
        Document(prose() + item("salt") + item("rope") + prose(), numbering=numbered(level("%1)", kind)))
    )
    assert held.numerals == wanted


def test_numbers_that_no_list_can_show_are_words() -> None:
    body = item("Of tolls.") + item("Of carts.", at=1) + item("Of mules.", at=1) + item("Of salt.")
    pattern = level("Article %1.") + level("%1.%2", at=1)
    text = book_text(read(Document(prose() + body + prose(), numbering=numbered(pattern))).book)
    at = [
        text.find(words) for words in ("Article 1. Of tolls.", "1.1 Of carts.", "1.2 Of mules.", "Article 2. Of salt.")
    ]
    assert at == sorted(at)
    assert at[0] > 0


def test_a_deleted_end_and_moved_text_do_not_count() -> None:
    deleted = item("Of ").replace("</w:pPr>", '<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>')
    moved = item("").replace("</w:pPr>", '<w:rPr><w:moveFrom w:id="2"/></w:rPr></w:pPr>')
    body = deleted + item("tolls.") + moved + item("Of mules.")
    text = book_text(read(Document(prose() + body + prose(), numbering=numbered(level("Article %1.")))).book)
    assert "Article 1. Of tolls." in text
    assert "Article 2. Of mules." in text


def test_the_plain_reading_has_the_numbers_of_items() -> None:
    document = Document(
        prose() + item("salt") + item("rope") + prose(), numbering=numbered(level("%1)", "lowerLetter"))
    )
    source = Source("story.docx", document.data(), ".docx")
    parsed = docx.docx_parser(without=frozenset(("everything",)))(source)
    prove_parsed(parsed)
    text = book_text(parsed.book)
    assert "a. salt" in text
    assert "b. rope" in text


@pytest.mark.parametrize("wrong", ["Chapter 2:", ""], ids=["another", "none"])
def test_the_witness_counts_by_itself(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(
        p("Tolls", style="Heading1") + prose(), styles=OF_HEADINGS,
        numbering=numbered(level("Chapter %1:", more=HEADINGS)),
    )  # fmt: skip
    read(document)
    monkeypatch.setattr(numbering, "_shown", lambda *_: wrong)
    with pytest.raises(ProofError):
        read(document)


def test_the_witness_misses_words_in_any_script(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(prose() + p("Соль пришла поздно.") + prose())
    read(document)
    whole = markup.mammoth_html
    monkeypatch.setattr(markup, "mammoth_html", lambda *given: whole(*given).replace("поздно", ""))
    with pytest.raises(ProofError):
        read(document)
