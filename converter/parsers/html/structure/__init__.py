"""A page's items as chapters: a `Flow` in, `Parsed` out.

Open `division.py` first: a part is a chapter, or is divided by the headings inside it (in `parsers/items/`, which
Markdown shares). `recurring_lines.py` and `watermarks.py` take off what a site says around and between the
paragraphs, `typed_emphasis.py` reads emphasis that was typed; `assembly.py` puts book, omissions, evidence and findings
together. No element is looked at here but for its place.
"""
