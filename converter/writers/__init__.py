"""Writers: a book and a theme in, the bytes of one file out. Each is imported when it is asked for."""

from __future__ import annotations

from converter.document.contracts import Writer
from converter.document.errors import SettingError


def writer_for(format_name: str, *, page: str = "") -> Writer:
    """The writer of a format: "epub", "kepub" or "pdf". `page` is the PDF's paper or trim size ("a5", "6x9").

    Raises SettingError for a format that no writer makes.
    """
    match format_name:
        case "epub":
            from converter.writers.epub import write_epub

            return write_epub
        case "kepub":
            from converter.writers.kepub import write_kepub

            return write_kepub
        case "pdf":
            from converter.writers.pdf import pdf_writer

            return pdf_writer(page=page)
    raise SettingError(f"no writer makes {format_name!r}", remedy="choose epub, kepub or pdf")
