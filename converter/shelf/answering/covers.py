"""A person's own picture as the cover of a book: kept beside its story, over none that is there."""

from __future__ import annotations

from pathlib import Path

from converter.covers import check_cover
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.shelf.epub_facts import small_picture

LARGEST_SIDES = (2_400, 3_840)  # pixels of a cover that becomes a JPEG
MOST_COVERS = 100  # of one name
PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}


class NoCover(Exception):
    """It can't be a cover; the text says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture that can be a cover, and the ending of its file."""

    data: bytes
    ending: str


def picture(data: bytes) -> Picture:
    """The picture that these bytes are. Raises NoCover."""
    ending = PICTURES.get(data[:3])
    if not ending:  # WebP, AVIF, TIFF: what sites and telephones give
        data, ending = small_picture(data, LARGEST_SIDES), "jpg"
    if not data or not small_picture(data):
        raise NoCover("The cover has to be a picture: JPEG, PNG, WebP, AVIF, GIF or TIFF.")
    try:
        check_cover(data, "")
    except SettingError as error:  # it would lie beside the story, and no book would have it
        raise NoCover(f"{error.what[:1].upper()}{error.what[1:]}: {error.remedy}.") from None
    return Picture(data, ending)


def kept_cover(story: Path, folder: Path, given: Picture) -> str:
    """Puts a cover into the folder of a story's sidecar: its name. Raises NoCover where too many lie there, OSError."""
    stem = f"{story.name if story.is_dir() else story.stem} cover"  # a "cover" is one even where no sidecar names it
    names = [f"{stem}{f' ({n})' if n else ''}.{given.ending}" for n in (0, *range(2, MOST_COVERS))]
    for name in names:
        path = folder / name
        if path.is_file() and path.read_bytes() == given.data:
            return name
        try:
            out = path.open("xb")
        except FileExistsError:
            continue
        try:
            with out:
                out.write(given.data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return name
    raise NoCover("Too many covers lie there.")
