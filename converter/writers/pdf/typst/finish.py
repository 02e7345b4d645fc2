"""The last hand on the PDF's objects: the file's identifier, the cover's label, objects packed."""

from __future__ import annotations

from hashlib import md5
from io import BytesIO

from converter.document.model import Book


def finished(data: bytes, book: Book, *, cover: bool) -> tuple[bytes, int]:
    """The PDF with the book's own /ID (its first half is the same for every printing of a story: ISO 32000-1, 14.4) and
    "Cover" as the first page's label; and the number of its pages."""
    import pikepdf

    mark = md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.trailer.ID = pikepdf.Array([pikepdf.String(mark), pikepdf.String(mark)])
        if cover and "/PageLabels" in pdf.Root:
            numbers = pdf.Root.PageLabels.Nums
            label = pikepdf.Dictionary({"/Type": pikepdf.Name.PageLabel, "/P": pikepdf.String("Cover")})
            kept = [(int(numbers[i]), numbers[i + 1]) for i in range(0, len(numbers), 2) if int(numbers[i]) > 0]
            pdf.Root.PageLabels.Nums = pikepdf.Array([x for pair in ((0, label), *kept) for x in pair])
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue(), len(pdf.pages)
