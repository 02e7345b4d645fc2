"""The words of a few lines of HTML, as descriptions have them: no page, and nothing that must be found in one."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset("p br hr div ul ol li blockquote center h1 h2 h3 h4 h5 h6".split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))


def without_tags(text: str) -> str:
    """The text, a line for each block; an empty line parts two as well."""
    words = _Words()
    words.feed(text.replace("\n\n", "<p>"))
    words.close()
    return "".join(words.parts)
