"""Themes: found, complete, refused clearly; and their CSS keeps the rules of e-readers."""

from __future__ import annotations

from pathlib import Path

import pytest
import tinycss2
import uharfbuzz as hb

from converter.document.errors import SettingError
from converter.document.model import ChapterKind  # noqa: F401  the vocabulary the CSS speaks of
from converter.themes import DEFAULT, load_theme, styles_folder, theme_names
from converter.themes.fonts import PACKAGES, font_file
from converter.writers.typefaces import families_of, letters_of

THEMES = theme_names()
BODY = frozenset({"body", "html", "*"})
FORBIDDEN_ON_TEXT = ("font-family", "font-size", "line-height", "margin-left", "margin-right", "padding-left")
COLOURS = ("color", "background", "background-color", "background-image", "fill")


def rules(css: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type == "qualified-rule", f"no at-rules for e-readers: {rule.serialize()[:60]}"
        declared = {}
        for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            assert item.type == "declaration", item.serialize()
            declared[item.name] = tinycss2.serialize(item.value).strip()
        for selector in tinycss2.serialize(rule.prelude).split(","):
            found.append((" ".join(selector.split()), declared))
    return found


def test_the_default_comes_first_and_five_others_follow() -> None:
    assert THEMES[0] == DEFAULT
    assert len(THEMES) >= 6
    assert list(THEMES[1:]) == sorted(THEMES[1:])


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_complete(name: str) -> None:
    theme = load_theme(name)
    assert theme.name == name
    assert theme.title
    assert theme.description.endswith(".")
    for key in ("opening", "running-heads", "type-size", "leading", "body-font", "cover"):
        assert theme.settings[key], key
    own = (styles_folder() / name / "epub.css").read_text("utf-8")
    assert theme.epub_css.endswith(own.strip() + "\n")
    assert len(theme.epub_css) > len(own) + 3_000  # the base is below it


@pytest.mark.parametrize("name", THEMES)
def test_all_fonts_travel_with_the_program(name: str) -> None:
    for family in families_of(load_theme(name)).values():
        assert family in PACKAGES


@pytest.mark.parametrize("name", THEMES)
def test_the_ornament_is_in_the_theme_s_own_font(name: str) -> None:
    theme = load_theme(name)
    signs = {ord(c) for c in theme.settings.get("ornament", "") if not c.isspace()}
    reachable = letters_of(families_of(theme)["body"]) | letters_of("EB Garamond")
    assert signs <= reachable


@pytest.mark.parametrize("name", THEMES)
def test_css_for_e_readers_leaves_the_reader_s_choices_alone(name: str) -> None:
    for selector, declared in rules(load_theme(name).epub_css):
        last = selector.split()[-1]
        assert selector not in BODY, selector
        assert last not in ("div", "span"), f"{selector}: e-readers put bare div and span into the text"
        for colour in COLOURS:
            assert declared.get(colour, "inherit") == "inherit", f"{selector} sets {colour}: wrong in night mode"
        if last in ("p", "p.first", "p.after-break", "p.continued", "section", "section.chapter", ".chapter"):
            for name_ in FORBIDDEN_ON_TEXT:
                if name_ == "margin-left" and ".speech" in selector:
                    continue
                assert selector not in ("p", "p.first", ".chapter") or name_ not in declared, f"{selector} sets {name_}"
        for value in declared.values():
            assert "!important" not in value
            assert "url(" not in value
            assert "#" not in value, f"{selector}: a colour?"


@pytest.mark.parametrize("name", THEMES)
def test_side_margins_are_in_per_cent_and_lengths_relative(name: str) -> None:
    for selector, declared in rules(load_theme(name).epub_css):
        for key, value in declared.items():
            if key in ("margin-left", "margin-right") and value not in ("0", "auto"):
                assert value.endswith(("%", "em")), f"{selector} {key}: {value}"
            if key in ("font-size", "text-indent", "padding-top", "margin-top", "margin-bottom"):
                assert "px" not in value, f"{selector} {key}: {value}"
                assert "pt" not in value, f"{selector} {key}: {value}"


@pytest.mark.parametrize("name", THEMES)
def test_paragraphs_are_told_apart_by_an_indent_or_by_space(name: str) -> None:
    said = {key: value for s, d in rules(load_theme(name).epub_css) if s == "p" for key, value in d.items()}
    by_space = (
        said.get(
            "margin-bottom",
            said["margin"].split()[-1] if len(said["margin"].split()) < 3 else said["margin"].split()[2],
        )
        != "0"
    )
    assert by_space == (said["text-indent"] == "0")
    assert float(said["text-indent"].removesuffix("em")) <= 4
    first = [d["text-indent"] for s, d in rules(load_theme(name).epub_css) if s == "p.first" and "text-indent" in d]
    assert first[-1] == ("0" if name != "manuscript" else said["text-indent"])


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("sheet", ["epub_css", "print_css"])
def test_css_has_no_syntax_errors(name: str, sheet: str) -> None:
    css = getattr(load_theme(name), sheet)
    waiting = tinycss2.parse_stylesheet(css)
    while waiting:
        node = waiting.pop()
        assert node.type != "error", getattr(node, "message", "")
        if node.type in ("qualified-rule", "at-rule") and node.content:
            waiting.extend(tinycss2.parse_blocks_contents(node.content))


@pytest.mark.parametrize("name", THEMES)
def test_capitals_are_never_made_of_small_letters(name: str) -> None:
    """text-transform would change the text that is copied out of the book, and so would small capitals made of capitals
    where the typeface draws them as it draws those made of small letters."""
    theme = load_theme(name)
    for css in (theme.epub_css, theme.print_css):
        assert "text-transform" not in css
        assert "unicase" not in css
    if "all-small-caps" in theme.epub_css + theme.print_css:
        for family in set(list(families_of(theme).values())[:2]):
            for italic in (False, True):
                font = hb.Font(hb.Face(hb.Blob.from_file_path(str(font_file(family, italic=italic)))))
                assert _glyph(font, "a", "smcp") != _glyph(font, "A", "c2sc")


def _glyph(font: hb.Font, letter: str, feature: str) -> int:
    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {feature: True})
    return int(buffer.glyph_infos[0].codepoint)


@pytest.mark.parametrize("name", THEMES)
def test_print_css_has_nothing_that_needs_all_pages_at_once(name: str) -> None:
    css = load_theme(name).print_css
    assert "counter(pages)" not in css
    assert ":first-letter" not in css
    assert "@page :first" not in css


def test_an_unknown_style_is_refused_with_the_names() -> None:
    with pytest.raises(SettingError, match=r"classic.*serial"):
        load_theme("rococo")


def test_a_person_s_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "pictures").mkdir(parents=True)
    (folder / "theme.toml").write_text('title = "Mine"\nbased-on = "modern"\nornament = "+"\ntype-size = 12\n', "utf-8")
    (folder / "print.css").write_text(".opening { padding: 0 }\n", "utf-8")
    (folder / "pictures" / "leaf.png").write_bytes(b"PNG")
    (folder / ".hidden").write_bytes(b"x")
    theme = load_theme(str(folder))
    assert (theme.name, theme.title, theme.settings["ornament"], theme.settings["type-size"]) == (
        "mine",
        "Mine",
        "+",
        "12",
    )
    assert theme.settings["body-font"] == "Source Serif 4"
    assert theme.print_css.endswith(".opening { padding: 0 }\n")
    assert theme.epub_css == load_theme("modern").epub_css
    assert dict(theme.files) == {"pictures/leaf.png": b"PNG"}


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("title = ", "TOML"),
        ('based-on = "rococo"', "rococo"),
        ('opening = "fireworks"', "drop-cap"),
        ("fonts = [1, 2]", "fonts"),
    ],
)
def test_a_bad_theme_is_refused_with_its_place(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "theme.toml").write_text(toml, "utf-8")
    with pytest.raises(SettingError, match=says) as caught:
        load_theme(str(tmp_path))
    assert "theme.toml" in str(caught.value)


def test_a_folder_without_a_theme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"theme\.toml"):
        load_theme(str(tmp_path))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "theme.toml").write_text('title = "Mine"', "utf-8")
    (folder / "notes.txt").symlink_to(tmp_path / "secret.txt")
    assert not load_theme(str(folder)).files
