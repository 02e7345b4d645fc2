"""What can go wrong: one tree, each error one clear line (what, where, what to do).

ConverterError
├── InputError            the story can't be read
│   ├── MissingInput      no file there, or a folder without stories
│   ├── NotAStory         empty, blank, binary, an error page of a site
│   │   └── ListsOnly     a page that lists works, posts or chapters and holds none
│   ├── TooLarge          more bytes, or deeper nesting, than a story has
│   └── UnknownFormat     no parser for this suffix
├── SettingError          what the person asked for can't be done: unknown style, bad sidecar, a cover that is no image
├── OutputError           the book can't be written: folder not writable, disk full
└── ProofError            words would be lost: the book is not written
"""

from __future__ import annotations


class ConverterError(Exception):
    """Base of all. `what` went wrong, `where` (a path, perhaps with a line), `remedy` says what to do."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}; {self.remedy}" if self.remedy else line


class InputError(ConverterError):
    """The story can't be read."""


class MissingInput(InputError):
    """No such file, or a folder in which there is no story."""


class NoSuchInput(MissingInput):
    """What was named is not there: a slip of whoever named it, as a wrong option is."""


class NotAStory(InputError):
    """Empty, blank, binary, or a page that holds no story (log-in, error, removed)."""


class ListsOnly(NotAStory):
    """A page that lists works, posts, chapters or links and holds none: where others lie beside it nothing is amiss."""


class TooLarge(InputError):
    """Larger, or nested deeper, than any story is."""


class UnknownFormat(InputError):
    """No parser reads files of this kind."""


class SettingError(ConverterError):
    """Something the person asked for can't be done."""


class OutputError(ConverterError):
    """The book can't be written where it should go."""


class ProofError(ConverterError):
    """The words of the book are not the words of the story."""


class CrewError(Exception):
    """A piece of work failed in a process of its own, or that ended: the whole is to be done by this process."""
