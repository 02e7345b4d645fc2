"""The rules that look at the pages of a PDF, each a function over what was read; faults come out as values.

`lines.py` judges single lines and paragraphs, `pages.py` what stands at the head and the foot of pages, `drawn.py` the
glyphs of one page (what is missing, outside or printed over), `structure.py` and `fonts.py` what the file says beside
its pages; those two ask pikepdf and need no page drawn.

No rule reads a file or knows MuPDF. A new one gets a row in `PDF_KINDS`, one in `docs/pdf-checks.md`, and a test with a
PDF that has the fault and one that has not.
"""
