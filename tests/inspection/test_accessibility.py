"""What a book's metadata say of its accessibility, in the words of the W3C's display guide."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.checker.epub import inspect_epub
from converter.checker.epub.accessibility import NOTHING, SECTIONS, AccessibilityMetadata, said_of
from converter.themes import load_theme
from converter.writers.epub import Extras, write_epub
from tests.inspection import others
from tests.writers.feature_book import BOOK, theme

UNSAID = {
    "Ways of reading": [
        "No information about appearance modifiability is available",
        "No information about nonvisual reading is available",
        "No information about prerecorded audio is available",
    ],
    **{name: [NOTHING] for name in SECTIONS[1:-1]},
}


def accessibility(data: bytes) -> dict[str, list[str]]:
    return inspect_epub(data).claims


def with_metadata(markup: str) -> bytes:
    """An EPUB whose package says nothing but this."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dcterms="http://purl.org/dc/terms/" version="3.0">'
            f"<metadata>{markup}</metadata><manifest/><spine/></package>",
        )
    return out.getvalue()


def meta(name: str, *values: str) -> str:
    return "".join(f'<meta property="{name}">{value}</meta>' for value in values)


def features(*names: str) -> dict[str, list[str]]:
    return accessibility(with_metadata(meta("schema:accessibilityFeature", *names)))


def test_a_book_that_says_nothing() -> None:
    assert accessibility(with_metadata("")) == UNSAID
    assert accessibility(b"no book") == accessibility(b"") == {}


def test_our_own_book() -> None:
    said = accessibility(write_epub(BOOK, load_theme("classic"), Extras(certifier="Ada Thorne")))
    assert said["Ways of reading"][:3] == [
        "Appearance can be modified",
        "Readable in read aloud or dynamic braille",
        "Has alternative text",
    ]
    assert said["Conformance"] == [
        "This publication meets accepted accessibility standards",
        "The publication was certified by Ada Thorne",
    ]
    assert said["Navigation"] == ["Table of contents", "Headings"]
    assert said["Hazards"] == ["No hazards"]
    assert said["Accessibility summary"][0].endswith("All pictures have a description in words.")
    assert said["Additional accessibility information"] == ["Some ruby annotations"]
    assert accessibility(write_epub(BOOK, theme()))["Conformance"] == [NOTHING]


@pytest.mark.parametrize("make", others.BOOKS.values(), ids=others.BOOKS)
def test_books_of_others_have_all_sections(make: object) -> None:
    said = accessibility(make())  # type: ignore[operator]
    assert list(said)[: len(SECTIONS) - 1] == list(SECTIONS[:-1])
    assert all(statements and all(statements) for statements in said.values())


def test_what_older_books_say_counts() -> None:
    said = accessibility(
        with_metadata(
            '<meta name="schema:accessibilityHazard" content="flashing"/>'
            '<meta name="schema:accessibilityHazard" content="noSoundHazard"/>'
            '<meta name="schema:accessModeSufficient" content="textual, visual"/>'
            '<meta name="schema:accessibilitySummary" content="Much is  drawn."/>'
            '<link rel="dcterms:conformsTo" href="http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"/>'
            "<dcterms:conformsTo>EPUB Accessibility 1.1 - WCAG 2.1 Level A</dcterms:conformsTo>"
        )
    )
    assert said["Hazards"] == ["Flashing content", "No sound hazards"]
    assert said["Ways of reading"][1] == "Not fully readable in read aloud or dynamic braille"
    assert said["Accessibility summary"] == ["Much is drawn."]
    assert said["Conformance"] == ["This publication meets accepted accessibility standards"]


@pytest.mark.parametrize(
    ("standard", "said"),
    [
        ("EPUB Accessibility 1.1 - WCAG 2.2 Level A", "This publication meets minimum accessibility standards"),
        ("EPUB Accessibility 1.1 - WCAG 2.0 Level AAA", "This publication exceeds accepted accessibility standards"),
        ("our own rules", "Conformance to accepted standards for accessibility of this publication cannot be determined"),
    ],
)  # fmt: skip
def test_standards(standard: str, said: str) -> None:
    assert accessibility(with_metadata(meta("dcterms:conformsTo", standard)))["Conformance"] == [said]


@pytest.mark.parametrize(
    ("hazards", "said"),
    [
        (("none",), ["No hazards"]),
        (("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"), ["No hazards"]),
        (("unknown",), ["The presence of hazards is unknown"]),
        (("unknown", "sound"), ["The presence of hazards is unknown", "Sounds"]),
        (
            ("unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard"),
            ["Flashing hazards not known", "Motion simulation hazards not known", "No sound hazards"],
        ),
    ],
)
def test_hazards(hazards: tuple[str, ...], said: list[str]) -> None:
    assert accessibility(with_metadata(meta("schema:accessibilityHazard", *hazards)))["Hazards"] == said


def test_features() -> None:
    said = features("MathML", "closedCaptions", "pageNavigation", "pageBreakMarkers", "ttsMarkup", "somethingElse")
    assert said["Rich content"] == ["Math as MathML", "Videos have closed captions"]
    assert said["Navigation"] == ["Go to page"]
    assert said["Additional accessibility information"] == ["Page breaks included", "Text-to-speech hints provided"]
    assert features("displayTransformability")["Ways of reading"][0] == "Appearance can be modified"
    fixed = accessibility(with_metadata(meta("rendition:layout", "pre-paginated")))
    assert fixed["Ways of reading"][0] == "Appearance cannot be modified"
    spoken = accessibility(with_metadata(meta("schema:accessMode", "auditory")))
    assert spoken["Ways of reading"][1:] == ["Not readable in read aloud or dynamic braille", "Prerecorded audio only"]
    exempt = accessibility(with_metadata(meta("a11y:exemption", "eaa-microenterprise")))
    assert exempt["Legal considerations"] == ["Claims an accessibility exemption in some jurisdictions"]


names = st.frozensets(st.sampled_from(("textual", "visual", "auditory", "x", "")))


@given(names, st.frozensets(names), st.frozensets(st.text()), st.frozensets(st.text()), st.lists(st.text(min_size=1)))
def test_whatever_is_said_every_section_answers(
    modes: frozenset[str],
    sufficient: frozenset[frozenset[str]],
    told: frozenset[str],
    hazards: frozenset[str],
    rest: list[str],
) -> None:
    said = said_of(AccessibilityMetadata(modes, sufficient, told, hazards, tuple(rest), tuple(rest), tuple(rest)))
    assert list(said)[:7] == list(SECTIONS[:7])
    assert all(said.values())
