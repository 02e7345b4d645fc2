"""Pictures that others made, opened so that a hostile one costs itself and nothing else.

Pillow knows forty formats; one of them (EPS) is handed to a program of its own that reads and writes files, others are
hardly ever looked at. Only the few that people publish in, and that Pillow decodes itself, are opened here, whatever a
file is called; sizes are looked at before a pixel is decoded.
"""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from converter.document.errors import ConverterError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "MPO", "PNG", "GIF", "BMP")
SELDOM = {"WEBP": ("WebP", 8, b"WEBP"), "TIFF": ("Tiff", 0, b""), "AVIF": ("Avif", 4, b"ftyp")}
"""Formats that Pillow does not load by itself (it would load all forty): its module, where the picture's bytes say so,
and how; those of a TIFF begin with one of its two orders of bytes."""
ORDERS = (b"II", b"MM")
OPTIONAL = {"WEBP": "webp", "AVIF": "avif"}  # what Pillow can be built without
MOST_BYTES = 30_000_000
MOST_PIXELS = 40_000_000  # a 40-megapixel photograph; a bomb has a thousand
TILE = (322, 323)  # width and length of a TIFF's tiles (TIFF 6.0, section 15), which are unpacked whole


class NoPicture(ValueError):
    """There is no picture to be had. The message goes on after "it"; `size` in pixels, where it was said."""

    def __init__(self, message: str, why: Literal["foreign", "huge", "broken"], size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(message)
        self.why, self.size = why, size


@contextlib.contextmanager
def open_picture(data: bytes) -> Iterator[Image]:
    """The picture in these bytes, told by content, not decoded yet; of an animation the first picture counts.

    Raises NoPicture: for what is none or too large, and for all that Pillow stumbles over while it is being used. What
    is wrong with it is not printed by anybody.
    """
    from PIL import Image, ImageFile, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise NoPicture(f"has {len(data):,} bytes", "huge")
    truncated, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    with contextlib.ExitStack() as stack:
        stack.callback(setattr, ImageFile, "LOAD_TRUNCATED_IMAGES", truncated)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        if data[:2] in ORDERS:
            stack.enter_context(_silenced())
        try:
            picture = stack.enter_context(Image.open(BytesIO(data), formats=_readable(data)))
            _check_size(picture)
            yield picture
        except (NoPicture, ConverterError):
            raise
        except UnidentifiedImageError as error:
            raise NoPicture("is no picture that can be read", "foreign") from error
        except (Image.DecompressionBombError, MemoryError) as error:
            raise NoPicture("would unpack to an enormous picture", "huge") from error
        except Exception as error:  # damaged files raise whatever comes: KeyError, RuntimeError, struct.error ...
            raise NoPicture("is broken or cut short", "broken") from error


def _readable(data: bytes) -> tuple[str, ...]:
    """The formats that these bytes may have."""
    from PIL import Image, features

    Image.preinit()
    seldom = []
    for name, (module, at, sign) in SELDOM.items():
        said = data[at : at + len(sign)] == sign if sign else data[:2] in ORDERS
        if said and (name not in OPTIONAL or features.check(OPTIONAL[name])):
            import_module(f"PIL.{module}ImagePlugin")
            seldom.append(name)
    return tuple(f for f in (*FORMATS, *seldom) if f in Image.OPEN)


def _check_size(picture: Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise NoPicture(f"has {width:,} x {height:,} pixels", "huge", picture.size)
    tags = getattr(picture, "tag_v2", {})
    across, down = (tags.get(tag, 0) for tag in TILE)
    if isinstance(across, int) and isinstance(down, int) and across * down > MOST_PIXELS:
        raise NoPicture(f"has tiles of {across:,} x {down:,} pixels", "huge")


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """While it lasts nobody writes to standard error: libtiff does, past Python, for every odd tag."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted, not a path
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
