"""What a story's own title page said, and what was taken off it."""

from __future__ import annotations

from dataclasses import dataclass, field

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.recognisers.metadata.credits import edits, kind_in_byline


@dataclass(slots=True)
class TakenTitlePage:
    """What the story's own title page says, and what was taken off it."""

    source: str
    title: str = ""
    subtitle: str = ""
    author: str = ""
    editor: str = ""
    omissions: list[Omission] = field(default_factory=list)

    def credit(self, line: str, name: str) -> None:
        """Keeps whom a byline names as author or editor, and the kind of work it names as the subtitle; what is known
        already stays."""
        if edits(line):
            self.editor = self.editor or name
        else:
            self.author = self.author or name
        self.subtitle = self.subtitle or kind_in_byline(line)

    def omit(self, rule: str, text: str, origin: Origin | None) -> None:
        """Notes words that are not in the story any more."""
        if any(map(str.isalnum, text)):
            self.omissions.append(Omission(rule, text, origin or Origin(self.source, 1)))
