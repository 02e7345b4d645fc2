"""Inspection of finished books, ours or another's: `epub/` looks at an EPUB, `pdf/` at the pages of a PDF.

In come a book's bytes, out come flaws, each with a code, a place and what to do. Open `epub/__init__.py` or
`pdf/__init__.py` first. The two know nothing of each other, and neither of stories, parsers or writers: a book made
elsewhere is looked at with the same eyes.
"""
