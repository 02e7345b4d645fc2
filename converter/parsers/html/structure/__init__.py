"""Items as chapters: a `Flow` in, `Parsed` out.

Open `division.py` first: a part is a chapter, or is divided by the headings inside it (`chapters.py`,
`title_page.py`, `header.py`). `recurring_lines.py` and `watermarks.py` take off what a site says around and
between; `assembly.py` puts book, omissions, evidence and doubts together. No element is looked at here but for
its place.
"""
