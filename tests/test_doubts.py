"""Doubts about a story as a whole: an ordinary one has none, and what nobody said or nobody can read is not passed over."""

from __future__ import annotations

import pytest

from converter.build.given import Given
from converter.build.pipeline import Reading, examined, understand
from converter.build.settings import Settings, layer, metadata_from
from converter.checks.chapters import numbers
from converter.document.contracts import Source
from converter.document.errors import NotAStory
from converter.document.findings.union import Finding
from converter.recognisers.metadata.titles_in_names import from_file_name

SENTENCES = (
    "The lamp went out at nine, and nobody on the pier could say who had lit it.",
    "Odile counted the boats twice and wrote the number on her sleeve.",
    "By morning the harbour was full of gulls, and the road lay white and empty.",
    "Nobody asked for the key, so she kept it in her pocket and said nothing.",
)
HEAD = "Title: The Salt Road\nAuthor: Ada Thorn\n\n"
NEW = {
    "metadata-file-name", "metadata-no-author", "metadata-no-title", "encoding-nonsense", "chapter-none", "story-cut",
    "chapter-pattern", "setting-unused", "text-not-loaded", "text-scrambled", "text-taken-back",
}  # fmt: skip


def prose(paragraphs: int) -> str:
    """Paragraphs no two of which are alike."""
    four = len(SENTENCES)
    return "\n\n".join(
        f"{SENTENCES[n % four]} It was hour {n}. {SENTENCES[n // four % four]}" for n in range(paragraphs)
    )


def read(text: str | bytes, suffix: str = ".txt", *, file_name: str = "", **asked: object) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    below = [from_file_name(file_name)] if file_name else []
    source = Source(f"story{suffix}", data, suffix)
    return examined(understand([source], Settings(**asked), Given(below=below)))  # type: ignore[arg-type]


def doubts(reading: Reading) -> dict[str, Finding]:
    return {d.code: d for d in reading.findings if d.code in NEW}


def page(story: str, below: str = "") -> str:
    paragraphs = "".join(f"<p>{p}</p>\n" for p in story.split("\n\n"))
    head = '<title>The Salt Road</title><meta name="author" content="Ada Thorn">'
    return (
        f"<html><head>{head}</head><body><article><h1>The Salt Road</h1>\n{paragraphs}</article>\n{below}</body></html>"
    )


@pytest.mark.parametrize("language", ["en", "ru", "vi", "ja", "th"])
def test_an_ordinary_story_has_no_doubt(language: str) -> None:
    story = {
        "en": prose(40),
        "ru": "Лампа погасла в девять, и никто на причале не мог сказать, кто её зажёг.\n\n" * 12,
        "vi": "Ngọn đèn tắt lúc chín giờ, và không ai trên bến tàu biết người nào đã thắp nó lên.\n\n" * 12,
        "ja": "九時に灯りが消えた。桟橋にいた誰も、誰がそれを点けたのか知らなかった。\n\n" * 12,
        "th": "ตะเกียงดับตอนเก้าโมงและไม่มีใครบนท่าเรือบอกได้ว่าใครเป็นคนจุดมันขึ้นมา\n\n" * 12,
    }[language]
    assert doubts(read(f"{HEAD}Chapter 1\n\n{story}\n\nChapter 2\n\n{story} ..")) == {}


def test_an_ordinary_page_has_no_doubt() -> None:
    around = "<footer>Log in to comment. Sign up for our newsletter.</footer>"
    assert doubts(read(page(prose(40), around), ".html")) == {}


def test_a_title_of_the_files_name_is_a_doubt() -> None:
    found = doubts(read(f"Author: Ada Thorn\n\n{prose(3)}", file_name="salt_road_draft"))
    assert set(found) == {"metadata-file-name"}
    assert "“Salt Road”" in found["metadata-file-name"].message
    assert "--title" in found["metadata-file-name"].message
    assert doubts(read(HEAD + prose(3), file_name="salt-road")) == {}


def test_a_story_without_an_author_is_a_doubt() -> None:
    assert set(doubts(read(f"Title: The Salt Road\n\n{prose(3)}"))) == {"metadata-no-author"}
    assert set(doubts(read(f"{prose(3)}"))) == {"metadata-no-author", "metadata-no-title"}
    assert set(doubts(read(f"Title: The Salt Road\nTranslator: Bryn Tar\n\n{prose(3)}"))) == {"metadata-no-author"}


def test_a_long_text_without_headings_is_a_doubt_and_a_short_one_is_not() -> None:
    assert doubts(read(HEAD + prose(500))) == {}
    long = doubts(read(HEAD + prose(800)))["chapter-none"]
    assert "--chapter" in long.message
    assert "--no-chapters" in long.message
    front = f"{HEAD}Prologue\n\n{prose(4)}\n\nChapter 1\n\n{prose(800)}"
    assert "“Chapter 1”" in doubts(read(front))["chapter-none"].message
    assert doubts(read(HEAD + prose(800), no_chapters=True)) == {}


def test_a_long_text_without_spaces_is_counted_too() -> None:
    story = "\n\n".join(
        f"九時に灯りが消えた。桟橋の第{n}の男も、誰がそれを点けたのか知らなかった。" for n in range(800)
    )
    assert "chapter-none" in doubts(read(HEAD + story))


def test_a_file_of_another_machine_is_no_text() -> None:
    story = (HEAD + 'He said: "Oh, it is a café!" ' * 40).encode("cp037")
    with pytest.raises(NotAStory, match="--encoding"):
        read(story)
    assert doubts(read(story, encoding="cp037")) == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Лампа погасла, и никто не мог сказать, кто её зажёг. " * 20, "capitals inside"),
        ("Café crème, déjà vu, forêt brûlée, où êtes-vous passés? " * 20, "two scripts"),
    ],
)
def test_a_wrong_encoding_shows_in_its_words(data: str, said: str) -> None:
    wrong = {"capitals inside": ("koi8-r", "cp1251"), "two scripts": ("cp1252", "cp1251")}[said]
    text = data.encode(wrong[0]).decode(wrong[1])
    found = doubts(read(HEAD + text))["encoding-nonsense"]
    assert said in found.message
    assert "--encoding" in found.message


def test_numbers_alone_are_hardly_a_text() -> None:
    rows = "\n".join(f"{n};{n * 7};{n * 13 / 7:.3f};{n * n}" for n in range(100))
    assert "letters" in doubts(read(f"Title: A\nAuthor: B C\n\n{rows}"))["encoding-nonsense"].message


NOTICES = [
    "Log in to read on.",
    "To read the complete story you need to be logged in.",
    "Subscribe to continue reading",
    "This chapter is locked.",
    "The rest of this chapter is for patrons only.",
    "Bitte melden Sie sich an, um weiterzulesen.",
    "Connectez-vous pour lire la suite",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_story_that_ends_in_a_wall_may_be_cut(notice: str) -> None:
    found = doubts(read(f"{HEAD}Chapter 1\n\n{prose(20)}\n\n{notice}"))["story-cut"]
    assert found.severity == "doubt"
    assert notice[10:30].rstrip(".") in found.message
    assert found.origin
    assert found.origin.line == 46


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("inside", [True, False])
def test_a_page_whose_text_is_followed_by_a_wall_may_be_cut(notice: str, inside: bool) -> None:
    story = page(f"{prose(20)}\n\n{notice}") if inside else page(prose(20), f"<div class='wall'><p>{notice}</p></div>")
    assert "story-cut" in doubts(read(story, ".html"))


@pytest.mark.parametrize(
    "line",
    [
        "“You must log in to read the rest,” said Odile.",
        "Log in to comment.",
        "Please sign in to vote for this chapter.",
        "Sign up for my newsletter to read more stories.",
        "The door was locked, and the story was over.",
    ],
)
def test_lines_that_only_sound_like_a_wall(line: str) -> None:
    assert doubts(read(f"{HEAD}Chapter 1\n\n{prose(20)}\n\n{line}")) == {}


def test_a_wall_in_the_middle_of_a_story_is_the_storys() -> None:
    text = f"{HEAD}Chapter 1\n\n{prose(10)}\n\nThis chapter is locked.\n\n{prose(20)}"
    assert doubts(read(text)) == {}


@pytest.mark.parametrize(
    "line", ["Chapter failed to load", "内容加载失败！请刷新", "Das Kapitel konnte nicht geladen werden."]
)
def test_a_text_that_was_not_loaded_is_told(line: str) -> None:
    found = doubts(read(page(f"{prose(20)}\n\n{line}"), ".html"))
    assert list(found) == ["text-not-loaded"]
    assert line in found["text-not-loaded"].message


@pytest.mark.parametrize(
    "note",
    [
        "This story has been taken down. It will be published as a book in May. Thank you all for reading!",
        "Chapters 4 to 12 have been removed, as the book is on Kindle now.",
        "Dieses Kapitel wurde entfernt.",
    ],
)
def test_a_note_in_the_place_of_a_text_is_told(note: str) -> None:
    found = doubts(read(f"{HEAD}Chapter 1\n\n{prose(20)}\n\nChapter 2\n\n{note}\n\nChapter 3\n\n{prose(20)}"))
    assert list(found) == ["text-taken-back"]
    assert "text-taken-back" in doubts(read(f"{HEAD}{note}"))


def test_what_a_story_tells_of_things_taken_away_is_its_own() -> None:
    told = "The chapter was removed from the book with a razor, and Odile found it years later under the floor of the mill."
    assert doubts(read(f"{HEAD}Chapter 1\n\n{prose(20)}\n\nChapter 2\n\n{told} {prose(2)}")) == {}


def test_letters_of_a_sites_own_font_are_told_once() -> None:
    text = prose(20).replace("b", "\ue832")
    found = doubts(read(f"{HEAD}Chapter 1\n\n{text}"))
    assert list(found) == ["text-scrambled"]
    assert f"{text.count(chr(0xE832))} letters" in found["text-scrambled"].message
    assert doubts(read(f"{HEAD}Chapter 1\n\n{prose(20)} \ue832")) == {}


def test_a_number_without_a_series_has_no_effect() -> None:
    source = Source("story.txt", (HEAD + prose(5)).encode(), ".txt")
    for said, told in (({"series_index": 3}, True), ({"series_index": 3, "series": "Salt"}, False)):
        reading = understand([source], Settings(), Given(above=[metadata_from(layer(said), "option")]))
        assert ("setting-unused" in doubts(reading)) == told


def test_what_is_for_other_files_is_said_to_have_no_effect() -> None:
    assert "--chapter" in doubts(read(page(prose(5)), ".html", chapter=("^Day",)))["setting-unused"].message
    assert "--site" in doubts(read(HEAD + prose(5), site="harbour.toml"))["setting-unused"].message
    assert "--no-chapters" in doubts(read(f"# A\n\n{prose(5)}", ".md", no_chapters=True))["setting-unused"].message


@pytest.mark.parametrize(
    "sentence",
    [
        "पुराने घाट पर नौ बजे दीया बुझ गया और किसी को पता नहीं था कि उसे किसने जलाया था।",
        "পুরনো ঘাটে নটায় বাতি নিভে গেল আর কেউ জানত না কে তা জ্বালিয়েছিল।",
        "பழைய படகுத்துறையில் ஒன்பது மணிக்கு விளக்கு அணைந்தது, யார் ஏற்றியது என்று தெரியவில்லை.",
        "పాత రేవులో తొమ్మిదికి దీపం ఆరిపోయింది, ఎవరు వెలిగించారో ఎవరికీ తెలియదు.",
    ],
)
def test_scripts_with_vowels_above_their_letters_have_words(sentence: str) -> None:
    story = "\n\n".join(sentence for _ in range(40))
    assert "encoding-nonsense" not in doubts(read(story))


def unpaired(reading: Reading) -> list[str]:
    return [str(f.message) for f in reading.findings if "quot" in str(f.message)]


@pytest.mark.parametrize(
    "said",
    [
        '"איזו קופסה?" שאלה האישה, והזקן הביט בצה"ל ושתק.',
        "”Vilken låda?” frågade hon, och gubben såg ut över hamnen.",
        "”Mikä laatikko?” hän kysyi, ja vanhus katsoi merelle.",
    ],
)
def test_a_mark_that_opens_and_closes_pairs_with_itself(said: str) -> None:
    story = "\n\n".join([said] * 12)
    assert unpaired(read(story)) == []


def test_such_a_mark_that_has_no_second_is_told() -> None:
    said = "”Vilken låda?” frågade hon, och gubben såg ut över hamnen."
    story = "\n\n".join([*[said] * 12, said.replace("?”", "?")])
    assert len(unpaired(read(story))) == 1


@pytest.mark.parametrize("between", ["Chapter 03.5", "Chapter 3.5"])
def test_a_chapter_between_two_numbers_is_none_twice(between: str) -> None:
    headings = ("Chapter 01", "Chapter 02", "Chapter 03", between, "Chapter 04")
    story = HEAD + "".join(f"{heading}\n\n{prose(5)}\n\n" for heading in headings)
    assert not list(numbers(read(story).book))
    assert [finding.code for finding in numbers(read(story.replace(between, "Chapter 03")).book)] == [
        "chapter-repeated"
    ]
