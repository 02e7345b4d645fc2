"""What an EPUB says of its accessibility is computed from what is in it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image as Picture

from converter.document.model import Chapter, Figure, Image, Paragraph, Resource, Text
from converter.writers.accessibility import Shown, claims, is_animated
from converter.writers.epub import Extras, write_epub
from tests.writers.feature_book import BOOK, picture, theme
from tests.writers.reading import files

FRAMES = {"gif": "GIF", "png": "PNG", "webp": "WEBP"}


def moving(kind: str, frames: int) -> bytes:
    out = io.BytesIO()
    first, *others = (Picture.new("RGB", (8, 8), (n * 90, 9, 9)) for n in range(frames))
    more = {"save_all": True, "append_images": others, "loop": 0} if others else {}
    first.save(out, FRAMES[kind], **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", FRAMES)
def test_a_picture_that_moves_is_known(kind: str) -> None:
    assert is_animated(moving(kind, 3))
    assert not is_animated(moving(kind, 1))
    assert not is_animated(picture("a.jpg", "JPEG").data)


def said(shown: Shown, name: str) -> list[str]:
    return [text for key, text, _ in claims(shown, contents=True) if key == f"schema:{name}"]


def test_what_moves_may_harm() -> None:
    assert said(Shown(), "accessibilityHazard") == ["none"]
    assert said(Shown(moving=True), "accessibilityHazard") == [
        "unknownFlashingHazard",
        "unknownMotionSimulationHazard",
        "noSoundHazard",
    ]
    shows = Chapter((Figure(Image("a.gif", "a spark")), Paragraph((Text("It shone."),))), title=(Text("One"),))
    book = replace(BOOK, chapters=(shows,), resources=(Resource("a.gif", "image/gif", moving("gif", 3)),))
    assert b"unknownFlashingHazard" in files(write_epub(book, theme()))["EPUB/content.opf"]
    still = replace(book, chapters=(Chapter((Paragraph((Text("It shone."),)),), title=(Text("One"),)),))
    assert b"unknownFlashingHazard" not in files(write_epub(still, theme()))["EPUB/content.opf"]


def test_pictures_are_told_by_whether_words_describe_them() -> None:
    assert said(Shown(), "accessMode") == said(Shown(), "accessModeSufficient") == ["textual"]
    assert said(Shown(images=True), "accessModeSufficient") == ["textual,visual", "textual"]
    assert said(Shown(images=True, described=False), "accessModeSufficient") == ["textual,visual"]
    assert said(Shown(images=True, described=False), "accessibilitySummary")[0].endswith(
        "Some pictures have no description in words."
    )


def test_columns_are_told() -> None:
    assert "verticalWriting" in said(Shown(vertical=True), "accessibilityFeature")
    package = files(write_epub(BOOK, theme(writing="vertical")))["EPUB/content.opf"]
    assert b"verticalWriting" in package


def test_nobody_vouches_unless_somebody_does() -> None:
    assert b"conformsTo" not in files(write_epub(BOOK, theme()))["EPUB/content.opf"]
    package = files(write_epub(BOOK, theme(), Extras(certifier="Ada  Thorne")))["EPUB/content.opf"].decode()
    assert (
        '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
        in package
    )
    assert '<meta property="a11y:certifiedBy" refines="#conformance">Ada Thorne</meta>' in package
