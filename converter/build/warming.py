"""Small stories of our own, made for what stays behind in this process: modules are loaded, vocabularies read, patterns
compiled, and who is forked from it has them.

Values alone: nothing is written, and no thread is begun.
"""

from __future__ import annotations

import gc

from converter.build.registry import reader

WORDS = (
    "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place. By morning the"
    " harbour was full of gulls."
)
SAMPLES = {  # by the suffix of their kind
    ".txt": f"The Lamp\nby Ada Thorn\n\nChapter 1\n\n{WORDS}\n\n'It's late,' she said -- twice.\n\nChapter 2\n\nOff.\n",
    ".html": f"<title>The Lamp</title><h1>The Lamp</h1><p>{WORDS}</p><p>It's <i>late</i>.</p><hr><p>{WORDS}</p>",
    ".md": f"# The Lamp\n\n{WORDS}\n\n## Late\n\nIt's *late*.\n",
}


def sample_for(suffix: str) -> str:
    """The sample that is read as files with this suffix are: packed books and mails as pages, anything else as text."""
    row = reader(suffix)
    if row is None:
        return ".txt"
    return next((own for own in SAMPLES if own in row.suffixes), ".html")


def make_sample(suffix: str) -> None:
    """Makes an EPUB of a sample, for nothing; what is left behind is no longer looked through for cycles."""
    from converter.build.pipeline import examined, understand, write
    from converter.build.places import books_of
    from converter.build.settings import Settings
    from converter.document.contracts import Source
    from converter.themes import load_theme

    settings = Settings()
    theme = load_theme(settings.style)
    reading = understand([Source(f"lamp{suffix}", SAMPLES[suffix].encode(), suffix)], settings)
    examined(reading)
    write(books_of(reading, theme, settings).books[0], "epub", theme, settings)
    gc.collect()
    gc.freeze()
