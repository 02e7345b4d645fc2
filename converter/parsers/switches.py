"""What a parser can leave alone when it breaks down over it, or loses a word by it: a report says so in these words."""

from __future__ import annotations

from typing import Final

PLAINLY: Final = "everything"  # given up: the story is set plainly

AUTHORS_NOTES: Final = "author's notes"
CONTENTS: Final = "contents lists"
EMPHASIS: Final = "emphasis"
FOOTNOTES: Final = "footnotes"
FRAME: Final = "a page around the story"
FURNITURE: Final = "page numbers and running heads"
HEAD: Final = "a head of the file"
HEADINGS: Final = "headings"
HIDDEN: Final = "hidden text"
KNOWN_SITE: Final = "the site's known layout"
LIBRARY: Final = "a library's header"
SITE_LINES: Final = "lines of a site"
STRUCTURES: Final = "letters, verse and plays"
SYSTEM: Final = "marks of another system"
TITLE_PAGE: Final = "a title page"

SWITCHES: dict[str, tuple[str, ...]] = {  # of each format, first what loses least
    "text": (
        FOOTNOTES,
        AUTHORS_NOTES,
        FURNITURE,
        STRUCTURES,
        CONTENTS,
        HEAD,
        FRAME,
        EMPHASIS,
        SYSTEM,
        LIBRARY,
        HEADINGS,
    ),
    "mail": (FOOTNOTES, STRUCTURES, HEAD, EMPHASIS, SYSTEM, HEADINGS),
    "markdown": (FOOTNOTES, TITLE_PAGE),
    "html": (FOOTNOTES, TITLE_PAGE, SITE_LINES, KNOWN_SITE, HIDDEN),
    "docx": (FOOTNOTES, TITLE_PAGE, SITE_LINES, HIDDEN),
    "epub": (FOOTNOTES, TITLE_PAGE, SITE_LINES, CONTENTS, HIDDEN),
}
