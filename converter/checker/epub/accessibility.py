"""What an EPUB's own metadata say of its accessibility, in the words of W3C's Accessibility Metadata Display Guide 2.0.

In comes a book, out come sections of short statements. They are claims: whether the book keeps them is not looked at.
The guide's phrases are the same in all shops and libraries that follow it, so they are kept as they are; where the
metadata say nothing, the guide wants that said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from converter.checker.epub.opened import Opened

NOTHING = "No information is available"
SECTIONS = (
    "Ways of reading",
    "Conformance",
    "Navigation",
    "Rich content",
    "Hazards",
    "Accessibility summary",
    "Legal considerations",
    "Additional accessibility information",
)
_STANDARD = re.compile(r"epub accessibility 1\.\d(?:\.\d)?\s*[-–]\s*wcag (2\.\d)\s+level (a{1,3})", re.IGNORECASE)
_OLD_STANDARD = re.compile(r"^https?://(?:www\.)?idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-(a{1,3})$")
_LEVELS = {
    "A": "This publication meets minimum accessibility standards",
    "AA": "This publication meets accepted accessibility standards",
    "AAA": "This publication exceeds accepted accessibility standards",
}
_DESCRIBED = frozenset({"alternativeText", "longDescription", "describedMath"})
_TEXT_FOR_MEDIA = _DESCRIBED | {"transcript"}
_NAVIGATION = {
    "Table of contents": {"tableOfContents"},
    "Index": {"index"},
    "Headings": {"structuralNavigation"},
    "Go to page": {"pageNavigation"},
}
_RICH = {
    "Math as MathML": {"MathML"},
    "Math as LaTeX": {"latex"},
    "Text descriptions of math are provided": {"describedMath"},
    "Chemical formulas in MathML": {"MathML-chemistry", "ChemML"},
    "Chemical formulas in LaTeX": {"latex-chemistry"},
    "Information-rich images are described by extended descriptions": {"longDescription"},
    "Videos have closed captions": {"closedCaptions"},
    "Videos have open captions": {"openCaptions"},
    "Has transcript": {"transcript"},
}
_ADDITIONAL = {
    "Page breaks included": {"pageBreakMarkers", "printPageNumbers"},
    "ARIA roles included": {"ARIA"},
    "Audio descriptions": {"audioDescription"},
    "Braille": {"braille"},
    "Some ruby annotations": {"rubyAnnotations"},
    "Full ruby annotations": {"fullRubyAnnotations"},
    "High contrast between foreground and background audio": {"highContrastAudio"},
    "High contrast between text and background": {"highContrastDisplay"},
    "Large print": {"largePrint"},
    "Sign language": {"signLanguage"},
    "Tactile graphics included": {"tactileGraphic"},
    "Tactile 3D objects": {"tactileObject"},
    "Text-to-speech hints provided": {"ttsMarkup"},
}
_HAZARDS = (
    ("flashing", "noFlashingHazard", "unknownFlashingHazard", "Flashing content", "flashing"),
    ("motionSimulation", "noMotionSimulationHazard", "unknownMotionSimulationHazard", "Motion simulation",
     "motion simulation"),
    ("sound", "noSoundHazard", "unknownSoundHazard", "Sounds", "sound"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessibilityMetadata:
    """What the package says: `sufficient` holds sets of senses each of which is enough to read all of the book."""

    modes: frozenset[str] = frozenset()
    sufficient: frozenset[frozenset[str]] = frozenset()
    features: frozenset[str] = frozenset()
    hazards: frozenset[str] = frozenset()
    summaries: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    certifiers: tuple[str, ...] = ()
    exempt: bool = False
    fixed: bool = False


def claims_of(book: Opened) -> dict[str, list[str]]:
    """The guide's sections in its order, each with its statements; {} for what is no EPUB that can be opened.

    A section of which the metadata say nothing has the one statement that says so; the last is left out then.
    """
    return said_of(read_metadata(book)) if book.package.line else {}


def read_metadata(book: Opened) -> AccessibilityMetadata:
    """The package's metadata, as EPUB 3 writes them and as EPUB 2 does."""
    said: dict[str, list[str]] = {}
    for node in book.package.all("meta"):
        if name := node.attributes.get("property"):
            said.setdefault(name, []).append(" ".join(node.text.split()))
        elif name := node.attributes.get("name"):
            said.setdefault(name, []).append(" ".join(node.attributes.get("content", "").split()))
    for node in book.package.all("link"):
        for name in node.attributes.get("rel", "").split():
            said.setdefault(name, []).append(node.attributes.get("href", "").strip())
    for node in book.package.all("conformsTo"):
        said.setdefault("dcterms:conformsTo", []).append(" ".join(node.text.split()))

    def words(name: str) -> frozenset[str]:
        return frozenset(value for value in said.get(f"schema:{name}", ()) if value)

    senses = (
        frozenset(s for sense in value.split(",") if (s := sense.strip())) for value in words("accessModeSufficient")
    )
    return AccessibilityMetadata(
        words("accessMode"),
        frozenset(filter(None, senses)),
        words("accessibilityFeature"),
        words("accessibilityHazard"),
        tuple(filter(None, said.get("schema:accessibilitySummary", ()))),
        tuple(filter(None, said.get("dcterms:conformsTo", ()))),
        tuple(filter(None, said.get("a11y:certifiedBy", ()))),
        any(said.get("a11y:exemption", ())),
        "pre-paginated" in said.get("rendition:layout", ()),
    )


def said_of(metadata: AccessibilityMetadata) -> dict[str, list[str]]:
    """The guide's sections of these metadata."""
    legal = ["Claims an accessibility exemption in some jurisdictions"] if metadata.exempt else []
    found = (
        [_appearance(metadata), *_nonvisual(metadata), _audio(metadata)],
        list(_conformance(metadata)),
        list(_named(_NAVIGATION, metadata.features)),
        list(_named(_RICH, metadata.features)),
        list(_hazards(metadata.hazards)),
        list(metadata.summaries),
        legal,
    )
    sections = {name: statements or [NOTHING] for name, statements in zip(SECTIONS, found, strict=False)}
    if more := list(_named(_ADDITIONAL, metadata.features)):
        sections[SECTIONS[-1]] = more
    return sections


def _named(phrases: dict[str, set[str]], features: frozenset[str]) -> Iterator[str]:
    return (phrase for phrase, names in phrases.items() if not features.isdisjoint(names))


def _appearance(metadata: AccessibilityMetadata) -> str:
    if "displayTransformability" in metadata.features:
        return "Appearance can be modified"
    if metadata.fixed:
        return "Appearance cannot be modified"
    return "No information about appearance modifiability is available"


def _nonvisual(metadata: AccessibilityMetadata) -> Iterator[str]:
    modes, sufficient = metadata.modes, metadata.sufficient
    text = any("textual" in senses for senses in sufficient) or "textual" in modes
    if frozenset({"textual"}) in sufficient:
        yield "Readable in read aloud or dynamic braille"
    elif text or not metadata.features.isdisjoint(_TEXT_FOR_MEDIA):
        yield "Not fully readable in read aloud or dynamic braille"
    elif modes in ({"visual"}, {"auditory"}) or frozenset({"visual"}) in sufficient:
        yield "Not readable in read aloud or dynamic braille"
    else:
        yield "No information about nonvisual reading is available"
    if not metadata.features.isdisjoint(_DESCRIBED):
        yield "Has alternative text"


def _audio(metadata: AccessibilityMetadata) -> str:
    if "synchronizedAudioText" in metadata.features:
        return "Prerecorded audio synchronized with text"
    if metadata.modes == {"auditory"} or metadata.sufficient == {frozenset({"auditory"})}:
        return "Prerecorded audio only"
    if "auditory" in metadata.modes:
        return "Prerecorded audio clips"
    return "No information about prerecorded audio is available"


def _conformance(metadata: AccessibilityMetadata) -> Iterator[str]:
    levels = [m[2].upper() for s in metadata.standards if (m := _STANDARD.search(s))]
    levels += [m[1].upper() for s in metadata.standards if (m := _OLD_STANDARD.match(s))]
    if levels:
        yield _LEVELS[max(levels, key=len)]
    elif metadata.standards:
        yield "Conformance to accepted standards for accessibility of this publication cannot be determined"
    else:
        return
    for name in metadata.certifiers:
        yield f"The publication was certified by {name}"


def _hazards(hazards: frozenset[str]) -> Iterator[str]:
    if "none" in hazards or all(no in hazards for _, no, _, _, _ in _HAZARDS):
        yield "No hazards"
        return
    unknown = "unknown" in hazards or all(name in hazards for _, _, name, _, _ in _HAZARDS)
    if unknown:
        yield "The presence of hazards is unknown"
    for is_there, is_not, is_unknown, phrase, noun in _HAZARDS:
        if is_there in hazards:
            yield phrase
        elif is_not in hazards:
            yield f"No {noun} hazards"
        elif is_unknown in hazards and not unknown:
            yield f"{noun.capitalize()} hazards not known"
