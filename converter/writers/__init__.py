"""Writers: a book and a theme in, the bytes of one file out. The table of them is `build/formats.py`.

Open `xhtml.py` first: the story as elements, for the EPUB and the PDF alike, with `blocks.py` and `inlines.py` for what
stands in a chapter, `title_page.py` and `contents.py` for the pages before it. `epub.py` packs them (`navigation.py`,
`package.py`, `sheets.py`, `portions.py`), `kepub.py` adds Kobo's spans, `pdf/` prints them, `txt.py` writes clean text,
`report.py` the proof report as a page. `labels.py` has the few words that a book says on its own account.

A writer knows one output format and the model. It changes no word, asks no clock and reads no file but fonts: same
book, same theme, same bytes. ebooklib is known in `epub.py` only, WeasyPrint in `pdf/` only; markup is made of
elements, never glued from strings.
"""
