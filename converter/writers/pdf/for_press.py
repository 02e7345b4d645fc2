"""What a PDF has only for a screen is taken out of one for print: outline, links and the places that they lead to.

Print shops ask for files without bookmarks and annotations (KDP does). What a link was around stays a part of the text.
Each page says where it is trimmed, and the file that it is printed as large as it is, on both sides of a leaf.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any


def without_links(data: bytes) -> bytes:
    """The PDF, of whatever engine, as a print shop wants it; the same bytes for the same PDF."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root
        for name in ("/Outlines", "/PageMode", "/OpenAction", "/Dests"):
            if name in root:
                del root[name]
        if "/Dests" in root.get("/Names", {}):
            del root.Names.Dests
        if "/Names" in root and not root.Names.keys():
            del root.Names
        gone: set[int] = set()
        for page in pdf.pages:
            gone.update(int(one.StructParent) for one in page.obj.get("/Annots", ()) if "/StructParent" in one)
            for name in ("/Annots", "/Tabs"):
                if name in page.obj:
                    del page.obj[name]
            page.obj.TrimBox = pikepdf.Array(page.obj.get("/TrimBox", page.mediabox))
        if "/StructTreeRoot" in root:
            _forget(root.StructTreeRoot, gone)
        preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
        preferences.PrintScaling = pikepdf.Name("/None")
        preferences.Duplex = pikepdf.Name.DuplexFlipLongEdge
        root.ViewerPreferences = preferences
        out = BytesIO()
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(out, object_stream_mode=streams, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _forget(structure: Any, gone: set[int]) -> None:
    """Has no element of the structure tell of links, whose numbers among those in the pages are `gone`."""
    import pikepdf

    waiting = [structure.K]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(kid for kid in element if not isinstance(kid, int))
            continue
        if element.get("/S") == "/Link":
            element.S = pikepdf.Name.Span
        kids = element.get("/K")
        if isinstance(kids, pikepdf.Array):
            kept = [kid for kid in kids if not _is_link(kid)]
            if len(kept) < len(kids):
                element.K = pikepdf.Array(kept)
            waiting.extend(kid for kid in kept if isinstance(kid, pikepdf.Dictionary))
        elif isinstance(kids, pikepdf.Dictionary):
            if _is_link(kids):
                del element.K
            else:
                waiting.append(kids)
    numbers: list[Any] = []
    _leaves(structure.ParentTree, numbers)
    left = [at for at in range(0, len(numbers), 2) if int(numbers[at]) not in gone]
    structure.ParentTree = pikepdf.Dictionary(Nums=pikepdf.Array([one for at in left for one in numbers[at : at + 2]]))


def _is_link(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def _leaves(tree: Any, numbers: list[Any]) -> None:
    numbers.extend(tree.get("/Nums", ()))
    for kid in tree.get("/Kids", ()):
        _leaves(kid, numbers)
