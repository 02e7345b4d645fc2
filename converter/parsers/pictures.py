"""The pictures of a story: told by their content, made fit for a reader, named by us; and those that are missing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from converter.document.contracts import Assets
from converter.document.findings.pictures import ImageMissing, ImageUnusable
from converter.document.model import Image, Origin, Resource
from converter.limits.pictures import NoPicture, open_picture

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

LONGEST_SIDE = 1600  # px; a 300 ppi e-reader shows 1264 x 1680
COVER_SIDE = 3200  # px: shops ask for 2,560
TINY = 3  # px; smaller pictures count visitors
ICON = 32  # px; a picture this small with a short text beside words is a sign, not a picture
SIGN = 16  # px; a line of a screen's text, which an emoji is as high as
SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url", "data-canonical-src", "src")
SIZED = ("class", "style", "width", "height")  # attributes that say how large a picture is shown
TRACKERS = re.compile(
    r"doubleclick|googlesyndication|google-analytics|scorecardresearch|quantserve|/pixel[./?]|pixel\.wp\.com|stats\.wp|feedburner\.com/~r",
    re.I,
)
EMOJI = re.compile(r"(?:^|[-_\s])(?:emoji|smil(?:ey|ie)s?|emoticon|wp-smiley)(?:$|[-_\s])", re.I)
_MEASURE = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)(px|em|rem|)\s*")
_STYLED = re.compile(r"(?:^|;)\s*(width|height)\s*:([^;]{1,40})", re.I)
KEPT_FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "GIF": ("image/gif", "gif")}


class Pictures:
    """The resources of one book under way. `assets` are asked for files beside the story; nothing else is ever
    fetched."""

    def __init__(self, assets: Assets, prefix: str = "image") -> None:
        self.assets = assets
        self.prefix = prefix
        self.resources: list[Resource] = []
        self.findings: list[Finding] = []
        self._by_hash: dict[str, str] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        self.missing: list[tuple[str, Origin]] = []
        self.descriptions: list[str] = []  # what those that are missing show, in the page's words

    def add(self, data: bytes, origin: Origin, name: str) -> str:
        """Takes a picture into the book. Returns its name there, or "" when it can't be shown (with a finding)."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._by_hash:
            return self._by_hash[digest]
        made = fit_image(data)
        if isinstance(made, str):
            if made:
                self.findings.append(ImageUnusable(name, made, origin=origin))
            self._by_hash[digest] = ""
            return ""
        media_type, suffix, content = made
        resource = f"{self.prefix}-{len(self.resources) + 1}.{suffix}"
        self.resources.append(Resource(resource, media_type, content))
        self._by_hash[digest] = resource
        self._sizes[resource] = _natural_size(content)
        return resource

    def image(self, resource: str, alt: str, said: Mapping[str, str]) -> Image:
        """The picture as an element with these attributes shows it: in the size that they say, or in its own."""
        if EMOJI.search(said.get("class", "")):
            return Image(resource, alt, (SIGN, SIGN))
        return Image(resource, alt, _shown(self._sizes[resource], said))

    def report(self) -> list[Finding]:
        """What could not be shown."""
        out = list(self.findings)
        if self.missing:
            address, origin = self.missing[0]
            out.append(ImageMissing(len(self.missing), address, tuple(self.descriptions), origin))
        return out


def _natural_size(data: bytes) -> tuple[int, int]:
    with open_picture(data) as picture:
        return picture.size[0], picture.size[1]


def _shown(natural: tuple[int, int], said: Mapping[str, str]) -> tuple[int, int]:
    """The size that attributes say, those of CSS before those of HTML; what is said of one side holds for both."""
    measures = {side: said.get(side, "") for side in ("width", "height")}
    measures |= {side.lower(): measure for side, measure in _STYLED.findall(said.get("style", ""))}
    width, height = (_pixels(measures[side]) for side in ("width", "height"))
    if width and not height:
        height = width * natural[1] / natural[0]
    elif height and not width:
        width = height * natural[0] / natural[1]
    return (round(width), round(height)) if width and height else natural


def _pixels(measure: str) -> float:
    found = _MEASURE.fullmatch(measure)
    return float(found[1]) * (SIGN if found[2].endswith("em") else 1) if found else 0.0


def decode_data(value: str) -> bytes | None:
    """The bytes of a `data:` address that was set aside ("base64,..." or "plain,...")."""
    kind, _, data = value.partition(",")
    if not data:
        return None
    try:
        raw = unquote_to_bytes(data)
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=False) if kind == "base64" else raw
    except (binascii.Error, ValueError):
        return None


def fit_image(data: bytes, longest: int = LONGEST_SIDE) -> tuple[str, str, bytes] | str:
    """Picture bytes -> (media type, suffix, bytes) as every e-reader shows it, at most `longest` px.

    A string says why there is none ("" for a picture too small to be seen). JPEG, PNG and still GIF of the right size
    are passed through byte for byte; anything else Pillow knows becomes JPEG, or PNG where it has transparency.
    """
    from PIL import ImageOps

    try:
        with open_picture(data) as picture:
            if max(picture.size) <= TINY:
                return ""
            if (
                picture.format in KEPT_FORMATS
                and max(picture.size) <= longest
                and picture.mode in ("RGB", "L", "P", "RGBA", "LA", "1")
            ):
                picture.load()  # what can't be decoded would stop the book later
                _verify(data)
                return (*KEPT_FORMATS[picture.format], data)
            clear = "A" in picture.getbands() or "transparency" in picture.info
            still = ImageOps.exif_transpose(picture).convert("RGBA" if clear else "RGB")
            still.thumbnail((longest, longest))
            out = io.BytesIO()
            if clear and still.getchannel("A").getextrema()[0] != 255:
                still.save(out, "PNG", optimize=True)
                return "image/png", "png", out.getvalue()
            still.convert("RGB").save(out, "JPEG", quality=88)
            return "image/jpeg", "jpg", out.getvalue()
    except NoPicture as error:
        return f"it {error}"


def _verify(data: bytes) -> None:
    """Raises NoPicture where a part of the file is not what its checksum says: readers refuse the whole picture."""
    with open_picture(data) as picture:
        picture.verify()
