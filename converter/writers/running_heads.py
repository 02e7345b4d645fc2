"""Running heads: what stands above the text on left and right pages, on one line and with some sense."""

from __future__ import annotations

from converter.document.contracts import Theme
from converter.document.model import Chapter, Metadata
from converter.document.patterns import regex
from converter.document.words import chapter_name, plain_text
from converter.recognisers.vocabulary import listed_words
from converter.writers.contents import entry_name
from converter.writers.printers_rules import LEANING, title_case

HEAD = 46  # characters; a longer running head would meet the page number, or wrap
MOST_WORDS = 7  # of a title that is cut: with more it reads like a line of the story
LEAST = 12  # characters of a title that say enough by themselves
SUBTITLE = regex(r"(?<=[^\W\d_])[:;] | [–—] ")
NUMBER = regex(r"\b[IVXLCDM]+\b|[〇一二三四五六七八九十百千]+")  # digits are no letters
PAUSE = regex(r"[,;:.!?] | [–—] |—")
SMALL = frozenset(listed_words("titles", "small"))


def running_heads(chapter: Chapter, metadata: Metadata, theme: Theme) -> tuple[str, str]:
    """The heads of a chapter's left and right pages, as the theme wants them."""
    language = metadata.language
    title = shortened(title_case(" ".join(metadata.title.split()), language))
    author = shortened(title_case(", ".join(metadata.authors), language)) or title
    match theme.settings.get("running-heads", "author-chapter"):
        case "author-title":
            return author, title
        case "title-chapter":
            return title, _of_chapter(chapter, language) or title
        case "none":
            return "", ""
        case _:
            return author, _of_chapter(chapter, language) or title


def _of_chapter(chapter: Chapter, language: str) -> str:
    """Label and title, the title alone where both are too long, as much of it as makes sense; nothing where they are a
    number alone, beside which the page's would be a second one."""
    typed = chapter_name(chapter, language=language)
    whole = title_case(typed, language) if typed == typed.upper() else entry_name(chapter, language)
    if not any(map(str.isalpha, NUMBER.sub("", whole))):
        return ""
    if len(whole) <= HEAD:
        return whole
    title = title_case(" ".join(plain_text(chapter.title).split()), language)
    return shortened(title or whole)


def shortened(text: str) -> str:
    """A text in the length of a running head: without its subtitle, up to a pause, or up to a word that doesn't lean on
    the next."""
    if len(text) <= HEAD:
        return text
    ends = [found.start() for found in SUBTITLE.finditer(text[: HEAD + 1])]
    if ends and ends[0] >= LEAST:
        return text[: ends[0]]
    pauses = [found.start() for found in PAUSE.finditer(text[:HEAD])]
    if pauses and pauses[-1] >= HEAD // 2:
        return f"{text[: pauses[-1]]} …"
    words = text[: HEAD - 1].split(" ")[:-1][:MOST_WORDS] or [text[: HEAD - 2]]
    while len(words) > 1 and _leans(words[-1]):
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-") + " …"


def _leans(word: str) -> bool:
    """Whether a word wants another after it, as an article does; in whatever language, it is one of few letters."""
    return len(word) <= LEANING or word.casefold() in SMALL
