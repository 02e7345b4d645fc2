"""Which elements may be what, for pages and for the tags in Markdown; the latter know fewer elements."""

from __future__ import annotations

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
ANNOUNCING = HEADINGS | frozenset("p div center".split())  # a line over a contents list, or over notes
CONTENTS = frozenset("ul ol table div p blockquote center dl section nav".split())  # a contents list
NOTE_HOLDERS = frozenset("li p dd td div aside blockquote".split())
FRAMES = frozenset(  # around a place that links lead to
    "div section article main figure table thead tbody tr ul ol dl menu details blockquote center aside".split()
)
