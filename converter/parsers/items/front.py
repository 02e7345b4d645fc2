"""What a story's own title page said, and what was taken off it."""

from __future__ import annotations

from dataclasses import dataclass, field

from converter.document.contracts import Omission
from converter.document.model import Origin


@dataclass(slots=True)
class TakenTitlePage:
    """What the story's own title page says, and what was taken off it."""

    source: str
    title: str = ""
    subtitle: str = ""
    author: str = ""
    omissions: list[Omission] = field(default_factory=list)

    def omit(self, rule: str, text: str, origin: Origin | None) -> None:
        """Notes words that are not in the story any more."""
        if any(map(str.isalnum, text)):
            self.omissions.append(Omission(rule, text, origin or Origin(self.source, 1)))
