"""The options that say what a story is and how it's read: shared by convert, inspect, proof and cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from converter.build.settings import KEYS, layer
from converter.cli.sections import Option, WrongUsage

F = TypeVar("F", bound=Callable[..., Any])
STORY, READING, BOOK = "About the story", "How it is read", "How the book looks"


def option(section: str, *names: str, **kwargs: Any) -> Callable[[F], F]:
    """A click option under a heading."""
    return click.option(*names, cls=Option, section=section, **kwargs)


def one_of(key: str) -> click.Choice[str]:
    """The choices that a setting has."""
    return click.Choice(KEYS[key].choices)


_STORY = [
    option(STORY, "--title", metavar="TEXT", help="Title."),
    option(STORY, "--author", metavar="NAME", multiple=True, help="Author; may be given several times."),
    option(STORY, "--series", metavar="NAME", help="Series it belongs to."),
    option(STORY, "--series-index", metavar="N", help="Its number in the series."),
    option(STORY, "--language", metavar="TAG", help="Language, as in en, de, pt-BR; else it is recognised."),
    option(STORY, "--tag", metavar="TEXT", multiple=True, help="Subject; may be given several times."),
    option(STORY, "--description", metavar="TEXT", help="Summary or blurb."),
    option(STORY, "--translator", metavar="NAME", multiple=True, help="Translator."),
    option(STORY, "--publisher", metavar="NAME", help="Publisher or site."),
    option(STORY, "--rights", metavar="TEXT", help="Copyright or licence line."),
    option(STORY, "--published", metavar="DATE", help="Date of publication, as 2026-01-31."),
    option(STORY, "--source", metavar="URL", help="Where the story came from."),
]
_READING = [
    option(READING, "--chapter", metavar="REGEX", multiple=True, help="Lines that match begin a chapter."),
    option(READING, "--no-chapters", is_flag=True, default=None, help="The story has no chapters."),
    option(
        READING,
        "--paragraphs",
        type=one_of("paragraphs"),
        help="What parts a text's paragraphs: blank lines, first lines set in, or all line ends; wrapped: lines were "
        "broken to fit a width.",
    ),
    option(
        READING,
        "--notes",
        type=one_of("notes"),
        help="Author's notes: where they stand, at their chapter's end, or left out.",
    ),
    option(READING, "--no-typography", is_flag=True, default=None, help="Leave every character as it is."),
    option(READING, "--capitals", type=one_of("capitals"), help="Words in CAPITALS for stress."),
    option(READING, "--strict", is_flag=True, default=None, help="Refuse a story that is not read well."),
    option(READING, "--hidden", type=one_of("hidden"), help="Text a web page hides from its readers."),
    option(READING, "--site", metavar="FILE", help="Your own description of a site's pages (TOML)."),
    option(READING, "--encoding", metavar="NAME", help="Character encoding, when the guess is wrong."),
    option(
        READING, "--timeout", metavar="SECONDS", help="A story's time; 0: no limit.  [default: 60, more for long ones]"
    ),
    option(
        READING, "--memory", metavar="MB", help="A story's memory; 0: no limit.  [default: 2000, more for long ones]"
    ),
]

_BOOK = [
    option(BOOK, "--style", metavar="NAME|FOLDER", help="See `chapbook styles`.  [default: classic]"),
    option(BOOK, "--page", metavar="SIZE", help="PDF page: a5, 6x9, kobo-libra, 120x190mm, ...  [default: a5]"),
    option(
        BOOK,
        "--for",
        type=one_of("made_for"),
        help="What the PDF is read on: print makes a book's inside.  [default: screen]",
    ),
    option(BOOK, "--engine", type=one_of("engine"), help="What lays out a PDF's pages.  [default: auto]"),
    option(
        BOOK, "--draft", is_flag=True, default=None, help="A PDF in a hurry: Typst doesn't level the feet of its pages."
    ),
    option(
        BOOK, "--pdfa", is_flag=True, default=None, help="No PDF that isn't PDF/A-3a; without it one where that can be."
    ),
    option(BOOK, "--volumes", metavar="N|parts", help="Several books: of N chapters each, or one for each part."),
    option(
        BOOK,
        "--notes-at",
        type=one_of("notes_at"),
        help="An EPUB's footnotes: at their chapter's end, or all at the book's.",
    ),
    option(BOOK, "--page-list", is_flag=True, default=None, help="Mark in an EPUB where the pages of the PDF begin."),
    option(BOOK, "--embed-fonts", is_flag=True, default=None, help="Put the typefaces of the style into an EPUB."),
    option(
        BOOK,
        "--certified-by",
        metavar="NAME",
        help="You, who looked at the text and its pictures: an EPUB says that it meets WCAG 2.2 AA.",
    ),
    option(BOOK, "--cover", metavar="FILE", help="Your own cover image, instead of a drawn one."),
    option(BOOK, "--cover-size", metavar="WxH", help="Pixels of the cover.  [default: 1500x2400]"),
]


def about_story(command: F) -> F:
    """Adds the options that describe the story."""
    for add in reversed(_STORY):
        command = add(command)
    return command


def about_book(command: F) -> F:
    """Adds the options that say how the book looks."""
    for add in reversed(_BOOK):
        command = add(command)
    return command


def about_reading(command: F) -> F:
    """Adds the options that say how it's read."""
    for add in reversed(_READING):
        command = add(command)
    return command


def checked_options(options: dict[str, Any]) -> dict[str, Any]:
    """The options as a checked layer of settings. Raises WrongUsage, which names the option."""
    from converter.document.errors import SettingError

    try:
        checked = layer({f"--{name.replace('_', '-')}": value for name, value in options.items()})
        if style := checked.get("style"):
            from converter.themes import load_theme

            load_theme(style)
        if page := checked.get("page"):
            from converter.writers.pages import page_for

            page_for(page, checked.get("made_for", "screen"))
    except SettingError as error:
        raise WrongUsage(str(error)) from None
    return checked
