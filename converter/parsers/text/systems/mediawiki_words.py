"""What the words of MediaWiki mean for a story: name spaces, templates, fields, tags."""

from __future__ import annotations

HIDDEN_SPACES = frozenset(
    "category file image media kategorie catégorie categoría categoria datei bild fichier archivo".split()
)
SHOWN = frozenset(
    "center small big smaller larger nowrap sc smallcaps sic poem dialogue thought em"
    " italic i b u lang w wp wikipedia color colour font".split()
)  # templates that show what is given to them last
QUOTES = frozenset("quote blockquote cquote quotation".split())  # show all that is given to them
EXPLAINED = frozenset("tooltip abbr hover ruby".split())  # show what is given to them first
FOOTNOTES = frozenset("ref refn efn note footnote".split())
BREAKS = frozenset("break scenebreak scene *** dinkus hr rule separator divider asterism".split())
TITLE_FIELDS = {"title": "title", "author": "author", "by": "author", "writer": "author"}
TAG_MARKS = {"i": "*", "em": "*", "b": "**", "strong": "**"}
