"""The rules that look at the pages of a PDF, each a function over what was read; faults come out as values.

`lines.py` judges single lines and paragraphs, `words.py` words that a line's end breaks, `letters.py` how letters stand
beside one another, `pages.py` the head and the foot of pages, `lone.py` pages with one thing alone, `drawn.py` the
glyphs of one page (what is missing, outside or printed over); `structure.py`, `fonts.py` and `printing.py` what the
file says beside its pages: they ask pikepdf and need no page drawn.

No rule reads a file or knows MuPDF. A new one gets a row in `PDF_KINDS`, one in `docs/pdf-checks.md`, and a test with a
PDF that has the fault and one that has not.
"""
