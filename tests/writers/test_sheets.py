"""What languages change in an EPUB's style sheet."""

from __future__ import annotations

import pytest
import tinycss2

from converter.document.model import Chapter, Paragraph, Text
from converter.themes import load_theme, theme_names
from converter.writers.epub import write_epub
from converter.writers.sheets import style_sheet
from tests.writers.feature_book import theme
from tests.writers.reading import files
from tests.writers.test_epub_package import story


def declared(css: str) -> dict[str, dict[str, str]]:
    """What holds for each selector in the end."""
    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            said = {
                d.name: tinycss2.serialize(d.value).strip()
                for d in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                if d.type == "declaration"
            }
            for selector in tinycss2.serialize(rule.prelude).split(","):
                found.setdefault(" ".join(selector.split()), {}).update(said)
    return found


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize("language", ["ar", "he", "fa", "zh", "ja", "th", "hi"])
def test_a_script_without_capitals_has_no_initials(name: str, language: str) -> None:
    css = style_sheet(load_theme(name), language)
    assert "first-letter" not in css
    assert all(node.type != "error" for node in tinycss2.parse_stylesheet(css))


def test_a_script_with_capitals_has_them() -> None:
    assert "first-letter" in style_sheet(load_theme("classic"), "el")


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize(("language", "signs"), [("zh-Hant", 2), ("yue", 2), ("ja", 1), ("ko", 1)])
def test_paragraphs_of_east_asia_are_indented_by_whole_signs(name: str, language: str, signs: int) -> None:
    rules = declared(style_sheet(load_theme(name), language))
    assert {rules[s]["text-indent"] for s in ("p", "p.first", "p.after-break")} == {f"{signs}em"}
    assert {rules[s]["text-indent"] for s in ("p.center", "p.signature", "p.spoken")} == {"0"}


@pytest.mark.parametrize("name", theme_names())
def test_sides_are_turned_from_right_to_left_and_ornaments_look_the_same(name: str) -> None:
    western, turned = (declared(style_sheet(load_theme(name), tag)) for tag in ("en", "ar"))
    assert western[".noteref"].get("margin-left") == turned[".noteref"].get("margin-right") == "-0.25em"
    assert western[".scene-break"].get("box-shadow") == turned[".scene-break"].get("box-shadow")


def test_what_is_said_in_a_japanese_book_begins_at_the_edge() -> None:
    told = [Paragraph((Text(t),)) for t in ("夜だった。", "「誰だ」と言った。", "誰もいない。")]
    book = story(Chapter(tuple(told)), language="ja")
    page = files(write_epub(book, theme()))["EPUB/chapter-1.xhtml"].decode()
    assert '<p class="first">夜' in page
    assert '<p class="spoken">「誰' in page
    assert "<p>誰も" in page
