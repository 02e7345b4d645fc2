"""Where an author's note above a story ends: by what it says and what stands below it, in texts, Markdown and pages."""

from __future__ import annotations

import re

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Parsed, Source
from converter.document.findings.chapters import NoteEnd
from converter.document.model import Origin
from converter.parsers.html import html_parser
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown

FORMATS = (".txt", ".md", ".html")
SCENE = list(PROSE) * 3
THANKS = "A/N: Forty reviews! I sat on the stairs and laughed."
ADA = "To Ada: yes, the goose comes back."
GUEST = "To guest: no, nobody drowns. Probably."
CAT = "The cat ate the outline, so this one is short."
LINE, STARS = "----------", "* * *"


def read(paragraphs: list[str], suffix: str) -> Parsed:
    """A chapter of these paragraphs, as each format writes it."""
    if suffix == ".html":
        italic = [re.sub(r"[*](\S[^*]*\S)[*]", r"<em>\1</em>", p) for p in paragraphs]
        told = "".join("<hr>" if p == LINE else f"<p>{p}</p>" for p in italic)
        data = f"<html lang=en><body><h1>Chapter 1</h1>{told}</body></html>"
    else:
        data = "\n\n".join(("# Chapter 1" if suffix == ".md" else "Chapter 1", *paragraphs))
    source = Source(f"story{suffix}", data.encode(), suffix)
    parsed = {".md": parse_markdown, ".html": html_parser(), ".txt": text_parser()}[suffix](source)
    prove_parsed(parsed)
    return parsed


def noted(paragraphs: list[str], suffix: str) -> list[str]:
    """The paragraphs of the note above the story, as plain text; no more than those are in it."""
    said = [line for line in shown(read(paragraphs, suffix)) if not line.startswith("# ")]
    if said[0] != "note-before:":
        return []
    inside = []
    for line in said[1:]:
        if not line.startswith("  "):
            break
        if line.strip() != "-":  # the sign of a list
            inside.append(re.sub(r"^\s*(?:[p|] )?|[*_]", "", line).strip("- "))
    return inside


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "note",
    [
        (THANKS, ADA, GUEST, LINE),  # answers to readers, up to a line
        (THANKS, CAT, "Thanks for reading, all of you.", LINE),  # up to the last that speaks to readers
        (THANKS, "I have exams until June, so the next chapter is late.", "My sister helped me with it.", STARS),
        (THANKS, CAT, "Enjoy!"),  # sent off
        (THANKS, CAT, "Anyway, enjoy!"),
        (THANKS, CAT, "On with the story!", "- moth"),  # and signed
        (THANKS, "Please leave a review if you like it."),  # says twice to whom it speaks, with no line below
        ("(A/N: I sat on the stairs and laughed.", CAT, "That is all.)"),  # in one bracket
        ("*A/N: I sat on the stairs and laughed.*", f"*{CAT}*"),  # in italics, as the story is not
        ("Disclaimer: I own no ferries.", THANKS, ADA, STARS),
        ("Nota de la autora: ¡gracias a todos!", "El gato se comió el borrador.", "¡Que lo disfruten!"),
        ("Anmerkung der Autorin: Danke euch allen!", "Die Katze hat das Konzept gefressen.", "Viel Spaß beim Lesen!"),
        ("От автора: спасибо всем за отзывы!", "Кот съел черновик.", "Приятного чтения!"),
    ],
)  # fmt: skip
def test_a_note_of_several_paragraphs(note: tuple[str, ...], suffix: str) -> None:
    whole = [re.sub(r"[*]", "", p).strip("- ") for p in note if p not in (LINE, STARS)]
    assert noted([*note, *SCENE], suffix) == whole


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "below",
    [
        (),
        (CAT,),  # nothing shows that it is no story
        (CAT, STARS),  # a short scene, and a break
        ('"Thanks for coming," said the widow.', STARS),
        ("To be sure of it, she read the letter twice.", STARS),
        ("I had been a keeper for nine years when the lamp went out.", "My father was one before me.", STARS),
        ("The reviews of the play were read aloud in the kitchen.", *PROSE),
        ("*The sea came in.*",),
    ],
)
def test_a_note_of_one_paragraph(below: tuple[str, ...], suffix: str) -> None:
    assert noted([THANKS, *below, *SCENE], suffix) == [THANKS]


@pytest.mark.parametrize("suffix", [".txt", ".html"])  # in Markdown all these lines are one sign
def test_a_line_that_parts_no_scenes_closes_a_note(suffix: str) -> None:
    told = [*PROSE, STARS, *PROSE, STARS, *PROSE]
    assert noted([THANKS, CAT, LINE, *told], suffix) == [THANKS, CAT]
    assert noted([THANKS, '"Here," she said.', LINE, *told], suffix) == [THANKS]


def test_lines_of_a_note_that_stand_right_below_each_other() -> None:
    said = shown(read([f"{THANKS}\n{ADA}\n{GUEST}", LINE, *SCENE], ".txt"))
    assert said[1] == "note-before:"
    assert [line[4:] for line in said[2:5]] == [THANKS, ADA, GUEST]


def test_an_end_that_is_in_doubt_is_told() -> None:
    told = "\n\n".join([THANKS, CAT, "Thank you for reading this story.", *SCENE])
    text = f"Title: The Ferry\nAuthor: Ada Thorn\n\nChapter 1\n\n{told}"
    reading = examined(understand([Source("story.txt", text.encode(), ".txt")], Settings()))
    (doubt,) = [f for f in reading.findings if isinstance(f, NoteEnd)]
    assert (doubt.text, doubt.origin) == ("Thank you for reading this story.", Origin("story.txt", 10))
    clear = text.replace(f"\n\n{PROSE[0]}", f"\n\n---\n\n{PROSE[0]}", 1)
    assert examined(understand([Source("story.txt", clear.encode(), ".txt")], Settings())).findings == ()
