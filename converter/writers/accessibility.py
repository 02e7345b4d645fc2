"""What an EPUB says of its own accessibility, computed from what is in it.

EPUB Accessibility 1.1, section 2, with the values of the Schema.org Accessibility Properties for Discoverability
Vocabulary. That the book conforms to a standard is said for a person who has looked at it, and by that person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.document.record import dataclass

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_ENGLISH = (("xml:lang", "en"),)
_TEXT = (
    "Text with headings, a table of contents and a logical reading order; everything adapts to the reader's own "
    "font, size and colours."
)
_PICTURES = {True: " All pictures have a description in words.", False: " Some pictures have no description in words."}
_ANIMATED = re.compile(  # pictures of more than one frame, by their formats' own marks
    rb"GIF8[79]a.*\x21\xff\x0bNETSCAPE2\.0"
    rb"|\x89PNG\r\n\x1a\n.{8,4096}?acTL"
    rb"|RIFF....WEBPVP8X.{10,4096}?ANIM",
    re.DOTALL,
)

Claim = tuple[str, str, tuple[tuple[str, str], ...]]  # property, value, attributes


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pages hold: words, images that say something, whether words say that too, ruby, images that move; how
    the book is laid out; who certifies that it conforms, "" for nobody; the printed book whose pages are marked."""

    words: int = 0
    images: bool = False
    described: bool = True
    ruby: bool = False
    moving: bool = False
    vertical: bool = False
    certifier: str = ""
    print_source: str = ""


def is_animated(data: bytes) -> bool:
    """Whether a picture is one that moves."""
    return bool(_ANIMATED.match(data))


def claims(shown: Shown, *, contents: bool) -> Iterator[Claim]:
    """All statements in order; `contents`: there is a contents list."""
    yield "schema:accessMode", "textual", ()
    if shown.images:
        yield "schema:accessMode", "visual", ()
        yield "schema:accessModeSufficient", "textual,visual", ()
    if shown.described or not shown.images:
        yield "schema:accessModeSufficient", "textual", ()
    for feature in _features(shown, contents):
        yield "schema:accessibilityFeature", feature, ()
    for hazard in _hazards(shown):
        yield "schema:accessibilityHazard", hazard, ()
    yield "schema:accessibilitySummary", _TEXT + (_PICTURES[shown.described] if shown.images else ""), _ENGLISH
    if shown.print_source:
        yield "pageBreakSource", shown.print_source, ()
    if name := " ".join(shown.certifier.split()):
        yield "dcterms:conformsTo", STANDARD, (("id", "conformance"),)
        yield "a11y:certifiedBy", name, (("refines", "#conformance"),)


def _features(shown: Shown, contents: bool) -> Iterator[str]:
    yield from ("displayTransformability", "readingOrder", "structuralNavigation")
    if contents:
        yield "tableOfContents"
    yield "unlocked"
    if shown.images and shown.described:
        yield "alternativeText"
    if shown.ruby:
        yield "rubyAnnotations"
    if shown.vertical:
        yield "verticalWriting"
    if shown.print_source:
        yield from ("pageBreakMarkers", "pageNavigation")


def _hazards(shown: Shown) -> tuple[str, ...]:
    """None in text and still pictures; what a moving picture does to its viewers nobody has measured."""
    if shown.moving:
        return "unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard"
    return ("none",)
