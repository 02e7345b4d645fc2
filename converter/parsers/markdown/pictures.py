"""The pictures of a Markdown file: found beside it or written into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from converter.document.contracts import Assets
from converter.document.model import Image, Origin, Resource
from converter.parsers.markdown.tree import TreeLeaf
from converter.parsers.pictures import EMOJI, ICON, SIZED, SOURCES, TINY, TRACKERS, Pictures, decode_data
from converter.recognisers.lines.breaks import describes_drawn_break, names_drawn_break

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

DATA_LIMIT = 10_000_000  # characters of a picture that is written into the file
DATA_TOTAL = 100_000_000
SIGN_LENGTH = 8  # characters of a description that stands for a small picture: an emoji
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=.+-]+)*),(\S+)", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


class FilePictures:
    """The pictures of one file, each loaded once."""

    def __init__(self, name: str, assets: Assets) -> None:
        self._name = name
        self._pictures = Pictures(assets)
        self._known: dict[tuple[str, ...], Image | str] = {}
        self._data = 0

    @property
    def resources(self) -> list[Resource]:
        """The files of the pictures."""
        return self._pictures.resources

    def report(self) -> list[Finding]:
        """What could not be shown."""
        return self._pictures.report()

    def shows(self, attributes: Mapping[str, str]) -> bool:
        """Whether the picture with these attributes is there, as large as one that has a caption."""
        address, size = _address(attributes), _size(attributes)
        if (size is not None and max(size) <= ICON) or TRACKERS.search(address):
            return False
        return address.startswith("data:image/") or self._bytes(address) is not None

    def find(self, leaf: TreeLeaf) -> Image | str:
        """The picture that a leaf shows, a few characters that stand for it, or "" for none.

        An `Image` without a resource is an ornament that parts scenes, of which only the name is known.
        """
        alt = " ".join(leaf.attributes.get("alt", "").split())
        address = _address(leaf.attributes)
        size = _size(leaf.attributes)
        if (size is not None and max(size) <= TINY) or TRACKERS.search(address):
            return ""
        small = EMOJI.search(leaf.attributes.get("class", "")) or (size is not None and max(size) <= ICON)
        if alt and len(alt) <= SIGN_LENGTH and small and not any(map(str.isalnum, alt)):
            return alt  # words would be left out with their tag
        said = tuple(leaf.attributes.get(name, "") for name in SIZED)
        if (address, alt, *said) not in self._known:
            self._known[address, alt, *said] = self._load(address, alt, leaf)
        return self._known[address, alt, *said]

    def _load(self, address: str, alt: str, leaf: TreeLeaf) -> Image | str:
        origin = Origin(self._name, leaf.line)
        name = "" if address.startswith("data:") else unquote(address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1])
        data = self._bytes(address)
        if data is not None:
            resource = self._pictures.add(data, origin, name)
            return self._pictures.image(resource, alt, leaf.attributes) if resource else ""
        if address and not address.startswith("data:"):
            if names_drawn_break(name.rsplit(".", 1)[0]) or describes_drawn_break(alt):
                return Image("", alt)
            self._pictures.missing.append((address, origin))
            if any(map(str.isalnum, alt)):
                self._pictures.descriptions.append(alt)
        return ""

    def _bytes(self, address: str) -> bytes | None:
        if address.startswith("data:"):
            data = _DATA.fullmatch(address)
            self._data += len(address)
            if not data or len(data[2]) > DATA_LIMIT or self._data > DATA_TOTAL:
                return None
            return decode_data(f"{'base64' if ';base64' in data[1].lower() else 'plain'},{data[2]}")
        assets = self._pictures.assets
        if not address or address.startswith("#"):
            return None
        if address.startswith("//") or _SCHEME.match(address):
            return assets(address) if address.lower().startswith(("//", "http:", "https:", "cid:")) else None
        whole = unquote(address.partition("#")[0])
        return assets(whole) or assets(unquote(address.split("?", maxsplit=1)[0].partition("#")[0]))


def _address(attributes: Mapping[str, str]) -> str:
    """Where a picture is: what a page loads late is named elsewhere than in `src`."""
    for name in SOURCES:
        value = attributes.get(name, "").strip()
        if value and (name == "src" or not value.startswith("data:")):
            return value
    listed = [part.split() for part in attributes.get("srcset", "").split(",") if part.strip()]
    return listed[-1][0] if listed else ""


def _size(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    values = [attributes.get(n, "").strip().removesuffix("px") for n in ("width", "height")]
    if all(v.isascii() and v.isdigit() and len(v) < 7 for v in values):
        return int(values[0]), int(values[1])
    return None
