"""The title page kept to one page: where it is full there is less room between its lines, at last they are smaller, as
Typst's template has it (`title-page` in `front.typ`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from converter.document.contracts import Theme

WAYS = ((1.0, 1.0), (0.7, 1.0), (0.4, 1.0), (0.2, 1.0), (0.1, 0.9), (0.1, 0.8), (0.1, 0.7), (0.1, 0.6))
"""How much is left of the room between the lines, and of the size of the type."""
FULL = 70  # characters; a title page with fewer is one page on any sheet
ABOVE = ("subtitle", "author", "contributor", "series", "publisher")


def fit_title_page(html: etree._Element, theme: Theme, sink: float, pages: Callable[[etree._Element], int]) -> None:
    """Gives the title page of a printed tree a style by which it is one page. `sink` in points; `pages` tells how many
    pages a tree takes."""
    section = next((s for s in html.iterfind("body/section") if "titlepage" in (s.get("class") or "").split()), None)
    if section is None or len("".join(section.itertext())) < FULL:
        return
    small = "small" in (html.get("class") or "").split()
    for part, size in WAYS:
        section.set("style", _style(theme.design, part, size, sink, small=small))
        if (part, size) == WAYS[0]:
            del section.attrib["style"]
        if pages(_alone(html, section)) == 1:
            return


def _style(design: Mapping[str, Any], part: float, size: float, sink: float, *, small: bool) -> str:
    page = design["titlepage"]
    most = design["small"]["above"] if small else 9.0
    whole = page["sink"] * (design["small"]["sink"] if small else 1) * sink * part
    said = {f"--titlepage-{name}-above": f"{min(page[name].get('above', 0), most) * part:g}rlh" for name in ABOVE}
    if "sink" in page["publisher"]:
        said["--titlepage-publisher-above"] = f"{page['publisher']['sink'] * sink * part:g}pt"
    said["--titlepage-bar-sink"] = f"{whole:g}pt"
    said["--titlepage-title-sink"] = "0" if page["bar"] else f"{whole:g}pt"
    said["font-size"] = f"{size * (design['small']['headings'] if small else 1):g}em"
    return "; ".join(f"{name}: {value}" for name, value in said.items())


def _alone(html: etree._Element, section: etree._Element) -> etree._Element:
    """The tree with nothing in it but a copy of this section."""
    root = etree.Element(html.tag, dict(html.attrib))
    body = etree.SubElement(root, "body")
    body.append(deepcopy(section))
    return root
