"""The last hand on the PDF's objects: the file's identifier, the cover's label, objects packed."""

from __future__ import annotations

from hashlib import md5
from io import BytesIO
from typing import Any

from converter.document.model import Book


def finished(data: bytes, book: Book, *, cover: bool, unnamed: bool) -> tuple[bytes, int]:
    """The PDF with the book's own /ID (its first half is the same for every printing of a story: ISO 32000-1, 14.4) and
    "Cover" as the first page's label; and the number of its pages. `unnamed`: there are chapters whose heading is in
    the outline alone."""
    import pikepdf

    mark = md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.trailer.ID = pikepdf.Array([pikepdf.String(mark), pikepdf.String(mark)])
        if cover and "/PageLabels" in pdf.Root:
            numbers = pdf.Root.PageLabels.Nums
            label = pikepdf.Dictionary({"/Type": pikepdf.Name.PageLabel, "/P": pikepdf.String("Cover")})
            kept = [(int(numbers[i]), numbers[i + 1]) for i in range(0, len(numbers), 2) if int(numbers[i]) > 0]
            pdf.Root.PageLabels.Nums = pikepdf.Array([x for pair in ((0, label), *kept) for x in pair])
        if unnamed:
            _drop_empty_headings(pdf)
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue(), len(pdf.pages)


def _drop_empty_headings(pdf: Any) -> None:
    """Takes headings that show nothing out of the structure: to who listens they are headings without a name."""
    import pikepdf

    top = pdf.Root.StructTreeRoot.K
    document = top[0] if isinstance(top, pikepdf.Array) else top
    document.K = pikepdf.Array([kid for kid in document.K if not _is_empty(kid)])


def _is_empty(element: Any) -> bool:
    return str(element.get("/S")).startswith("/H") and not len(element.get("/K", ()))
