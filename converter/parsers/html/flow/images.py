"""Pictures of a page: found beside it or inside it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bs4.element import Tag

from converter.document.contracts import Assets
from converter.document.model import Image
from converter.parsers.html.dom.markup import IMAGE_KEY
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.pictures import EMOJI, ICON, SIZED, SOURCES, TINY, TRACKERS, Pictures, decode_data
from converter.recognisers.lines.breaks import describes_drawn_break, is_break, names_drawn_break


class Images(Pictures):
    """The pictures of one page, each address asked for once."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(assets)
        self._by_address: dict[str, Image | str] = {}

    def find(self, node: Tag, page: Page) -> Image | str:
        """The picture of an `<img>`, a few characters that stand for it, or "" for none.

        An `Image` without a resource is an ornament that parts scenes, of which only the name is known.
        """
        alt = " ".join(attribute(node, "alt").split())
        address = self._address(node)
        if _size(node) is not None and max(_size(node) or (9, 9)) <= TINY:
            return ""
        if TRACKERS.search(address):
            return ""
        if (
            alt
            and len(alt) <= 8
            and (EMOJI.search(attribute(node, "class")) or (_size(node) and max(_size(node) or (0, 0)) <= ICON))
        ):
            return alt
        key = "\n".join((address, alt, *(attribute(node, name) for name in SIZED)))
        if key not in self._by_address:
            self._by_address[key] = self._load(address, alt, page, node)
        return self._by_address[key]

    def _address(self, node: Tag) -> str:
        for name in SOURCES:
            value = attribute(node, name).strip()
            if value and not value.startswith("data:") and not (name == "src" and "blank" in value.rsplit("/", 1)[-1]):
                return value
        for name in ("data-srcset", "srcset"):
            parts = [p.strip().split() for p in attribute(node, name).split(",") if p.strip()]
            if parts:
                return parts[-1][0]
        return ""

    def _load(self, address: str, alt: str, page: Page, node: Tag) -> Image | str:
        data = self._bytes(address, page)
        name = unquote(address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1])
        if data is None:
            if address and not address.startswith(IMAGE_KEY):
                if names_drawn_break(name.rsplit(".", 1)[0]) or describes_drawn_break(alt) or (alt and is_break(alt)):
                    return Image("", alt)
                self.missing.append((address, page.origin(node)))
                if any(map(str.isalnum, alt)):
                    self.descriptions.append(alt)
            return ""
        resource = self.add(data, page.origin(node), name)
        said = {name: attribute(node, name) for name in SIZED}
        return self.image(resource, alt, said) if resource else ""

    def _bytes(self, address: str, page: Page) -> bytes | None:
        if address.startswith(IMAGE_KEY):
            return decode_data(page.embedded.get(address, ""))
        if not address or address.startswith(("//", "data:", "#")):
            return self.assets(address) if address.startswith("//") else None
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):  # a part of a saved page may be known by its full address
            return self.assets(address) if address.lower().startswith(("http:", "https:", "cid:")) else None
        return self.assets(unquote(address.split("#", maxsplit=1)[0])) or self.assets(
            unquote(address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
        )


def _size(node: Tag) -> tuple[int, int] | None:
    values = [attribute(node, n).strip().removesuffix("px") for n in ("width", "height")]
    if all(v.isascii() and v.isdigit() and len(v) < 7 for v in values):
        return int(values[0]), int(values[1])
    return None
