"""What a story's own title page said, and what was taken off it."""

from __future__ import annotations

from dataclasses import dataclass, field

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.recognisers.metadata.credits import Role, kind_in_byline, role_in_byline


@dataclass(slots=True)
class TakenTitlePage:
    """What the story's own title page says, and what was taken off it."""

    source: str
    title: str = ""
    subtitle: str = ""
    author: str = ""
    published: str = ""
    helpers: list[tuple[Role, str]] = field(default_factory=list)  # who did what, the author apart
    omissions: list[Omission] = field(default_factory=list)

    def credit(self, line: str, name: str) -> None:
        """Keeps whom a byline names as author, editor or illustrator, and the kind of work it names as the subtitle;
        what is known already stays."""
        role = role_in_byline(line)
        if role != "author":
            if (role, name) not in self.helpers:
                self.helpers.append((role, name))
        else:
            self.author = self.author or name
        self.subtitle = self.subtitle or kind_in_byline(line)

    def omit(self, rule: str, text: str, origin: Origin | None) -> None:
        """Notes words that are not in the story any more."""
        if any(map(str.isalnum, text)):
            self.omissions.append(Omission(rule, text, origin or Origin(self.source, 1)))
