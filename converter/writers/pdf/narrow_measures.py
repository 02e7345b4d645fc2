"""Pages whose lines hold few letters: their text is ragged on the right, and fewer words are parted.

Lines of less than some forty letters have four or five spaces to be filled with what a long word leaves over, and end
in pieces of words one below the other. Signs of East Asia stand in squares, of whatever number.
"""

from __future__ import annotations

from dataclasses import replace

from converter.document.contracts import Theme
from converter.writers.pages import PageGeometry
from converter.writers.parting import page_in_lines
from converter.writers.pdf.printed import CJK_LANGUAGES

FEWEST = 45  # characters of a line that is justified: books have 50 to 70, columns of newspapers 40
PARTED = 300  # percent of what a parted word costs Typst by itself, where it does not fill a line


def for_measure(theme: Theme, page: PageGeometry, language: str) -> Theme:
    """The theme as it is set on this page: its lines ragged where they are too short to be justified."""
    text = theme.design["text"]
    _, characters = page_in_lines(theme, page)
    if not text["justify"] or characters >= FEWEST or language.partition("-")[0].lower() in CJK_LANGUAGES:
        return theme
    costs = {**text["costs"], "hyphenation": max(PARTED, text["costs"]["hyphenation"])}
    ragged = {**text, "justify": False, "costs": costs}
    return replace(theme, design={**theme.design, "text": ragged})
