"""Plays on paper: directions inside speeches, and the heads of acts and scenes."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Chapter, Heading, List, Quote, Speech
from converter.themes import theme_names
from tests.print.feature import prose, said, small, text
from tests.print.test_fits import printed


def set_in(sheets: pymupdf.Document, words: str) -> list[dict[str, object]]:
    """What a PDF says of the type in which these words are set."""
    blocks = (block for page in sheets for block in page.get_text("dict")["blocks"])
    spans = (span for block in blocks for line in block.get("lines", ()) for span in line["spans"])
    return [span for span in spans if words in span["text"].replace("\u00a0", " ")]


def is_italic(span: dict[str, object]) -> bool:
    return bool(int(str(span["flags"])) & pymupdf.TEXT_FONT_ITALIC)


TURNS = (
    Speech(
        text("AGNES:"),
        (said("(half aside) He knows, and (rising) he is eating a pear. (Pause.) Now, (sitting) soon."),),
    ),
    Speech(text("TOBIT (off):"), (said("Four. It always says four (it never says five)."),)),
)


@pytest.mark.parametrize(("style", "italic"), [("classic", True), ("modern", True), ("large-print", False)])
def test_a_direction_in_a_speech_is_set_as_others_are(engine: Engine, style: str, italic: bool) -> None:
    sheets = printed(
        small(Chapter((*TURNS, said("(She sits.)", "stage-direction")), title=text("Scene"))), engine, style
    )
    for direction in ("(half aside)", "(Pause.)", "(sitting)", "(off)", "(She sits.)"):
        (span,) = set_in(sheets, direction)
        assert is_italic(span) == italic, direction
    for spoken in ("He knows", "(rising)", "soon", "never says five"):
        assert not is_italic(set_in(sheets, spoken)[0])


def test_a_chat_has_no_directions(engine: Engine) -> None:
    sheets = printed(small(Chapter((Quote(TURNS, "chat"),), title=text("Chat"))), engine)
    assert not is_italic(set_in(sheets, "(half aside)")[0])


@pytest.mark.parametrize("style", theme_names())
def test_a_label_alone_is_a_head(engine: Engine, style: str) -> None:
    scene = Chapter(prose(3), label=text("Scene 1"), kind="scene")
    sheets = printed(small(Chapter((), label=text("Act One"), kind="act", children=(scene,))), engine, style)
    told = set_in(sheets, "It wore boots.")[0]
    for name in ("Act One", "Scene 1"):
        head = set_in(sheets, name)[-1]
        assert float(str(head["size"])) > (0.99 if style == "manuscript" else 1.04) * float(str(told["size"]))
        assert style == "romance" or head["color"] == told["color"]


def test_a_direction_alone_beside_a_name_leaves_the_name_a_name(engine: Engine) -> None:
    turn = Speech(text("ADA."), (said("(singing)", "stage-direction"), said("The train is late.")))
    sheets = printed(small(Chapter((*TURNS, turn), title=text("Scene"))), engine)
    assert not is_italic(set_in(sheets, "ADA.")[0])
    assert is_italic(set_in(sheets, "(singing)")[0])
    names = [span["bbox"] for name in ("AGNES", "ADA") for span in set_in(sheets, name)]
    assert len({round(float(str(box[0]))) for box in names}) == 1, "names stand in one column"  # type: ignore[index]


def test_a_heading_that_opens_what_has_no_title_is_printed(engine: Engine) -> None:
    front = Chapter((Heading(text("Persons")), *prose(3)), kind="front")
    sheets = printed(small(front, Chapter(prose(3), title=text("Scene"))), engine, "classic")
    assert set_in(sheets, "Persons")


def test_the_persons_of_a_play_have_no_bullets(engine: Engine) -> None:
    persons = List(((said("AGNES, a keeper"),), (said("A BOY"),)), cast=True)
    others = List(((said("a lamp"),),))
    sheets = printed(small(Chapter((persons, *TURNS, others), title=text("Scene"))), engine, "classic")
    words = "".join(page.get_text() for page in sheets)
    assert "AGNES, a keeper" in words
    assert words.count("•") == 1
