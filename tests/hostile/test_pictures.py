"""Pictures that would run a program, fill the memory or break a decoder cost themselves."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from converter.build.api import convert
from converter.build.pipeline import Reading, covered, examined, understand
from converter.build.settings import Settings
from converter.covers import check_cover
from converter.covers.layouts import LAYOUTS
from converter.document.contracts import Theme
from converter.document.errors import SettingError
from converter.limits.pictures import FORMATS, NoPicture, open_picture
from converter.parsers.pictures import fit_image
from converter.themes import load_theme
from tests.pages.making import page, prose
from tests.pages.test_hostile import zipped
from tests.shell.running import STORY, chapbook

EPS = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 400 400
%%EndComments
(marker) (w) file (written) writestring closefile
(story.html) deletefile
showpage
%%EOF
"""


def encoded(form: str, size: tuple[int, int] = (120, 160), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.merge("RGB", [Image.linear_gradient("L").resize(size)] * 3).convert(mode).save(out, form, **options)
    return out.getvalue()


@pytest.fixture
def ghostscript(tmp_path: Path) -> dict[str, str]:
    """A PATH on which `gs` comes first and leaves a marker when anybody calls it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gs").write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
    (folder / "gs").chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


BINARY_EPS = struct.pack("<4s7I", b"\xc5\xd0\xd3\xc6", 32, len(EPS), 0, 0, 0, 0, 0) + EPS


@pytest.mark.parametrize("data", [EPS, BINARY_EPS], ids=["text", "binary"])
def test_postscript_is_run_by_nobody(tmp_path: Path, data: bytes, ghostscript: dict[str, str]) -> None:
    (tmp_path / "photo.png").write_bytes(data)
    (tmp_path / "story.html").write_bytes(page(prose() + '<p><img src="photo.png" alt="The pier"></p>'))
    run = chapbook("story.html", cwd=tmp_path, **ghostscript)
    assert run.code == 0, run
    assert "photo.png is left out" in run.line
    assert "story.html:1" in run.line
    (tmp_path / "cover.jpg").write_bytes(data)
    assert "not an image" in chapbook("story.html", "--cover", "cover.jpg", "--force", cwd=tmp_path, **ghostscript).line
    (tmp_path / "story.toml").write_text('cover = "cover.jpg"')
    assert "not an image" in chapbook("story.html", "--force", cwd=tmp_path, **ghostscript).line
    (tmp_path / "book.htmlz").write_bytes(zipped({"index.html": page(prose()), "cover.jpg": data}))
    (tmp_path / "story.toml").unlink()
    assert "cover is left out" in chapbook("book.htmlz", "-t", "epub", cwd=tmp_path, **ghostscript).line
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize("address", ["seal.png", f"data:image/png;base64,{base64.b64encode(EPS).decode()}"])
def test_postscript_of_a_style_is_not_run_either(tmp_path: Path, address: str, ghostscript: dict[str, str]) -> None:
    """WeasyPrint opens a style's pictures with all that Pillow knows, but for this; should it change its mind, we hear."""
    style = tmp_path / "mine"
    style.mkdir()
    (style / "theme.toml").write_text('title = "Mine"\n')
    (style / "seal.png").write_bytes(EPS)
    (style / "print.css").write_text(f'.titlepage {{ background: url("{address}") }}')
    (tmp_path / "story.txt").write_text(STORY)
    run = chapbook("story.txt", "-t", "pdf", "--style", "mine", cwd=tmp_path, **ghostscript)
    assert run.code == 0, run
    assert (tmp_path / "output" / "story.pdf").exists()
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_opened_is_told_by_content(form: str) -> None:
    more = {"save_all": True, "append_images": [Image.new("RGB", (120, 160))]} if form == "MPO" else {}
    with open_picture(encoded(form, **more)) as picture:
        assert (picture.format, picture.size) == (form, (120, 160))


@pytest.mark.parametrize("form", ["DDS", "IM", "ICNS", "PCX", "SGI", "TGA", "PPM", "EPS", "PDF"])
def test_no_other_format_is_opened(form: str) -> None:
    size = (512, 512) if form == "ICNS" else (120, 160)
    with pytest.raises(NoPicture), open_picture(encoded(form, size)):
        pass
    assert fit_image(encoded(form, size)) == "it is no picture that can be read"


def damaged(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.choice((1, 4, 24))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out[: chance.randrange(len(out))] if seed % 4 == 0 else out)


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("AVIF", {}),
        ("WEBP", {}),
        ("GIF", {}),
        ("BMP", {}),
        ("PNG", {}),
        ("JPEG", {}),
        ("DDS", {}),
        ("IM", {}),
    ],
)
def test_damage_never_raises_and_is_never_printed(
    form: str, options: dict[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    whole = encoded(form, **options)
    refused = 0
    for seed in range(150):
        data = damaged(whole, seed)
        made = fit_image(data)
        refused += isinstance(made, str)
        if isinstance(made, tuple):
            with Image.open(io.BytesIO(made[2])) as picture:
                picture.load()  # what is kept can be decoded
        with contextlib.suppress(SettingError):
            check_cover(data, "cover")
    assert refused > 15
    assert capfd.readouterr().err == ""


def test_a_story_with_damaged_pictures_becomes_both_books(tmp_path: Path) -> None:
    shown = []
    for form, options in (("JPEG", {}), ("PNG", {}), ("GIF", {}), ("AVIF", {}), ("TIFF", {}), ("WEBP", {})):
        whole = encoded(form, **options)
        for seed in range(6):
            name = f"{form}-{seed}.img"
            (tmp_path / name).write_bytes(damaged(whole, seed))
            shown.append(f'<p><img src="{name}" alt="picture {name}"></p>')
    (tmp_path / "good.png").write_bytes(encoded("PNG"))
    (tmp_path / "story.html").write_bytes(page(prose() + "".join(shown) + '<p><img src="good.png"></p>' + prose()))
    made = convert(tmp_path / "story.html", to=["epub", "pdf"])
    left_out = [d for d in made.reading.findings if d.code == "image-unusable"]
    assert len(left_out) > 12
    assert all(
        d.origin and d.origin.source.endswith("story.html") and ".img is left out" in d.message for d in left_out
    )
    with zipfile.ZipFile(io.BytesIO(made["epub"])) as book:
        assert any(n.endswith(".png") for n in book.namelist())
    assert made["pdf"].startswith(b"%PDF")


def tiff_of_tiles(side: int) -> bytes:
    """A small TIFF that says its tiles are enormous."""
    entries = [
        (256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (277, 3, 1, 1),
        (322, 4, 1, side), (323, 4, 1, side), (324, 4, 1, 8), (325, 4, 1, 4),
    ]  # fmt: skip
    out = struct.pack("<2sHI", b"II", 42, 16) + b"\0" * 8 + struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack("<HHII", tag, kind, count, value)
    return out + struct.pack("<I", 0)


def test_sizes_are_looked_at_before_a_pixel_is_decoded() -> None:
    assert "tiles of 40,000" in str(fit_image(tiff_of_tiles(40_000)))
    frames = [Image.new("1", (9_000, 9_000))] * 2
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert "9,000 x 9,000 pixels" in str(fit_image(out.getvalue()))
    with pytest.raises(SettingError, match="far too large"):
        check_cover(out.getvalue(), "cover.gif")
    assert "bytes" in str(fit_image(b"\xff\xd8\xff" + b"\0" * 30_000_000))


def reading() -> Reading:
    from converter.document.contracts import Source

    return examined(understand([Source("story.txt", STORY.encode(), ".txt")], Settings()))


def with_cover(theme: Theme, family: str) -> Theme:
    from dataclasses import replace

    return replace(theme, settings={**theme.settings, "cover": family})


def test_a_cover_that_cannot_be_drawn_is_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_design: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(LAYOUTS, "torn", torn)
    theme = with_cover(load_theme("classic"), "torn")
    book = covered(reading(), theme)
    assert book.book.cover == covered(reading(), with_cover(theme, "plain")).book.cover
    assert [(d.code, d.severity) for d in book.findings if d.code.startswith("cover")] == [("cover-failed", "doubt")]
    monkeypatch.setitem(LAYOUTS, "plain", torn)
    book = covered(reading(), theme)
    assert book.book.cover is None
    assert "cover-failed" in {d.code for d in book.findings}
