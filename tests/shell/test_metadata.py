"""Who says what a story is called: options, sidecar, the file's head, its name, in that order."""

from __future__ import annotations

import pytest
from hypothesis import given

from converter.build.pipeline import understand
from converter.build.settings import KEYS, Settings, layer, metadata_from, settings
from converter.document.contracts import Source
from converter.document.errors import SettingError
from converter.document.model import Metadata, Person
from converter.recognisers.metadata.resolution import file_as, made_identifier, resolve
from converter.recognisers.metadata.titles_in_names import from_file_name
from tests.strategies import names


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("Ada Thorn - The Salt Road", "The Salt Road", "Ada Thorn"),
        ("the_lighthouse_keeper_final", "The Lighthouse Keeper", ""),
        ("the-long-way-home-v2", "The Long Way Home", ""),
        ("TheSaltRoad", "The Salt Road", ""),
        ("The Salt Road by Ada Thorn", "The Salt Road", "Ada Thorn"),
        ("The Salt Road by the Sea", "The Salt Road by the Sea", ""),
        ("2024-03-04_harbour lights (1)", "Harbour Lights", ""),
        ("Harbour Lights [Completed]", "Harbour Lights", ""),
        ("salt_road_draft_3", "Salt Road", ""),
        ("Chapter 1 - The Beginning", "Chapter 1 - The Beginning", ""),
        ("A World Made New", "A World Made New", ""),
        ("Final", "Final", ""),
        ("Der Weg ans Meer", "Der Weg ans Meer", ""),
        ("海辺の灯", "海辺の灯", ""),
        ("index", "", ""),
        ("Ashfall - Text Channels - the-barn [812345678901234567]", "The-barn", ""),
        ("The Barn - Games - hay [123456789012345678] [part 2]", "Hay", ""),
        ("story", "", ""),
        ("chapter_12", "", ""),
        ("007", "", ""),
        ("", "", ""),
        ("---", "", ""),
    ],
)
def test_file_names(name: str, title: str, author: str) -> None:
    found = from_file_name(name)
    assert (found.title, "".join(found.authors)) == (title, author)


def test_a_known_title_says_which_half_is_which() -> None:
    assert from_file_name("The Salt Road - Ada Thorn", "The Salt Road").authors == ("Ada Thorn",)
    assert from_file_name("x_ada - The Salt Road", "The Salt Road").authors == ("x ada",)


@given(names)
def test_any_file_name_gives_something_tidy(name: str) -> None:
    found = from_file_name(name)
    assert found.title == found.title.strip()
    assert len(found.title) <= len(name) * 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Jane Austen", "Austen, Jane"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Daphne du Maurier", "du Maurier, Daphne"),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Seán O’Brien", "O’Brien, Seán"),
        ("Лев Толстой", "Толстой, Лев"),
        ("xX_Dark_Xx", "xX_Dark_Xx"),
        ("Moonlight99", "Moonlight99"),
        ("The Brothers Grimm", "The Brothers Grimm"),
        ("刘慈欣", "刘慈欣"),
        ("Austen, Jane", "Austen, Jane"),
        ("Anonymous", "Anonymous"),
        ("", ""),
    ],
)
def test_sorting_names(name: str, wanted: str) -> None:
    assert file_as(name) == wanted


def test_the_first_witness_wins_field_by_field() -> None:
    option = Metadata(title="Said", provenance=(("title", "option"),))
    head = Metadata(
        title="Read",
        people=(Person("Ada Thorn"), Person("Ilse Rook", "trl")),
        tags=("sea",),
        provenance=(("title", "text"), ("people", "text"), ("tags", "text")),
    )
    sidecar = Metadata(people=(Person("A. Thorn"),), provenance=(("people", "story.toml"),))
    found = resolve([option, sidecar, head])
    assert found.title == "Said"
    assert [p.name for p in found.people] == ["A. Thorn", "Ilse Rook"]
    assert found.people[0].file_as == "Thorn, A."
    assert found.found_in("title") == "option"
    assert found.found_in("tags") == "text"


def test_the_identifier_stays_when_the_story_grows() -> None:
    story = Metadata(title="The Salt Road", people=(Person("Ada Thorn"),))
    later = Metadata(title=" The  salt road", people=(Person("Ada Thorn"),), chapters="12/12", updated="2026-02-01")
    other = Metadata(title="The Salt Road", people=(Person("Bryn Tar"),))
    assert made_identifier(story) == made_identifier(later)
    assert made_identifier(story) != made_identifier(other)
    assert made_identifier(story).startswith("urn:uuid:")


def test_the_source_address_identifies_whatever_the_title() -> None:
    one = Metadata(title="One", source="http://Example.org/works/7/")
    two = Metadata(title="Two", source="https://example.org/works/7#comments")
    assert made_identifier(one) == made_identifier(two) != made_identifier(Metadata(title="One"))
    assert made_identifier(Metadata(title="One", source="a shoebox")) == made_identifier(Metadata(title="One"))


def test_settings_come_from_the_first_layer_that_speaks() -> None:
    found = settings(layer({"style": "modern"}), layer({"style": "classic", "to": "epub, pdf", "no-chapters": True}))
    assert (found.style, found.to, found.no_chapters) == ("modern", ("epub", "pdf"), True)
    assert settings() == Settings()


def test_plural_keys_and_single_values() -> None:
    found = metadata_from(layer({"authors": ["A", "B"], "tag": "sea", "series_index": 2}), "sidecar")
    assert found.authors == ("A", "B")
    assert found.tags == ("sea",)
    assert found.series_index == "2"
    assert found.found_in("tags") == "sidecar"


def test_an_unknown_key_is_met_with_the_nearest_known() -> None:
    with pytest.raises(SettingError, match="did you mean 'author'"):
        layer({"auther": "x"}, "story.toml")


@pytest.mark.parametrize("key", [k for k, v in KEYS.items() if v.kind == "flag"])
def test_flags_are_true_or_false(key: str) -> None:
    assert layer({key: True}) == {key: True}
    with pytest.raises(SettingError, match="true or false"):
        layer({key: "yes"})


@pytest.mark.parametrize(("plain", "title"), [(False, "The Keeper’s Cat"), (True, "The Keeper's Cat")])
def test_a_title_has_the_apostrophes_of_its_story(plain: bool, title: str) -> None:
    text = (
        b"Title: The Keeper's Cat\nAuthor: Ada Thorn\n\nThe lamp wasn't lit, and nobody had seen the cat since noon.\n"
    )
    told = understand([Source("cat.txt", text, ".txt")], Settings(no_typography=plain)).book.metadata
    assert told.title == title
    assert told.identifier == understand([Source("cat.txt", text, ".txt")], Settings()).book.metadata.identifier
