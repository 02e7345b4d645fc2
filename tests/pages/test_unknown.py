"""Pages of sites nobody described: where the story is found, what around it is left out, and what is no index."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from converter.document.errors import NotAStory
from converter.document.findings.pages import LeftOutProse
from tests.pages.making import PROSE, left_out, page, prose, read, shown

MENU = "<div class='top'><a href='/'>Home</a> <a href='/all'>All stories</a> <a href='/about'>About us</a></div>"
NEWS = "".join(
    f"<h3><a href='/n/{n}'>{head}</a></h3><p>The council met about it and nobody agreed.</p>"
    for n, head in enumerate(("Harbour closed for repairs", "Herring prices fall", "A bell is found", "New ferry") * 6)
)


def test_a_column_of_news_of_the_same_class_is_no_second_post() -> None:
    body = (
        f"{MENU}<div class='row'><div class='col wide'><h1>The Lamp</h1>{prose(6)}</div>"
        f"<div class='col small'>{NEWS}</div></div>"
    )
    assert shown(read(page(body))) == ["prose(6)"]


def test_the_short_pieces_of_a_text_are_taken_with_the_long_ones() -> None:
    pieces = [prose(3), prose(3), f"<p>{PROSE[2]}</p>", prose(3), "<p>And so the lamp went out, and was lit again.</p>"]
    chunks = "<div class='picture'></div>".join(f"<div class='chunk text'>{p}</div>" for p in pieces)
    assert shown(read(page(f"{MENU}<h1>The Lamp</h1><section class='body'>{chunks}</section>"))) == [
        "prose(6)",
        f"p {PROSE[2]}",
        "prose(3)",
        "p And so the lamp went out, and was lit again.",
    ]


@pytest.mark.parametrize(
    "links",
    [
        "".join(f"<li><a href='/{n}-lamp'>{n}. The council meets</a></li>" for n in range(2018, 2026)),
        "".join(
            f"<li><a href='/story/{n}'>The council meets</a> <a href='/story/{n}#c'>{n}</a></li>" for n in range(9)
        ),
    ],
)
def test_a_short_text_among_numbered_links_is_no_index(links: str) -> None:
    body = f"{MENU}<div class='entry'><h1>The Lamp</h1>{prose(1)}</div><div class='more'><ul>{links}</ul></div>"
    assert shown(read(page(body))) == ["prose(1)"]


def test_a_text_without_spaces_is_measured_by_its_letters() -> None:
    line = "灯は毎晩おなじ時刻にともされたが、だれがともすのか島の者はひとりとして言えなかった。"
    links = "".join(f"<li><a href='/s/{n}'>{n}. 港</a></li>" for n in range(1, 9))
    body = f"{MENU}<div class='entry'>{f'<p>{line}' * 18}</p></div><ul>{links}</ul>"
    assert shown(read(page(body))) == [*[f"p {line}"] * 18]


def test_a_list_of_chapters_is_still_an_index() -> None:
    links = "".join(f"<li><a href='/r/{n}'>Chapter {n}: The Lamp</a></li>" for n in range(1, 30))
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(f"{MENU}<div class='entry'><h1>The Lamp</h1><p>{PROSE[0]}</p><ul>{links}</ul></div>"))
    bare = "".join(f"<li><a href='{n}.html'>The {w}</a></li>" for n, w in enumerate(("Lamp", "Tide", "Post", "Stove")))
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(f"<h1>The Lamp</h1><p>{PROSE[0]}</p><ul>{bare}</ul>"))


@pytest.mark.parametrize(
    "name", ["ShareThisBox", "storyShareTools", "util-bar-flyout", "page-text-size", "panel_region_sidebar", "nextPrev"]
)
def test_furniture_is_told_by_the_words_of_its_name(name: str) -> None:
    body = f"{MENU}<div class='entry'>{prose(4)}<div class='{name}'>Mail it to a friend</div>{prose(1)}</div>"
    parsed = read(page(body))
    assert shown(parsed) == ["prose(5)"]
    assert left_out(parsed) == [
        ("outside the story", "Home All stories About us"),
        ("page furniture", "Mail it to a friend"),
    ]


def test_a_message_that_is_shown_in_a_text_is_part_of_it() -> None:
    message = "<blockquote><p>The lamp is out again.</p>Bram, <a href='/m/4'>4 May</a></blockquote>"
    body = f"{MENU}<div class='entry'>{prose(4)}<div class='social-media-embed'>{message}</div>{prose(1)}</div>"
    assert shown(read(page(body))) == [
        "prose(4)",
        "quote:",
        "  p The lamp is out again.",
        "  p Bram, 4 May",
        "prose(1)",
    ]


@pytest.mark.parametrize("name", ["jAdKqL", "cnToCxYz", "gradient", "headland", "shareholder", "printed"])
def test_names_that_only_look_like_furniture_drop_nothing(name: str) -> None:
    body = f"{MENU}<div class='entry'>{prose(4)}<div class='{name}'>It was late.</div>{prose(1)}</div>"
    assert shown(read(page(body))) == ["prose(4)", "p It was late.", "prose(1)"]


def test_a_link_in_a_sentence_is_a_part_of_it_whatever_it_is_called() -> None:
    said = "<p>They buried him at <a class='search-link' href='/s'>Osterholm</a>, beside the old lamp.</p>"
    assert shown(read(page(f"{MENU}<div class='entry'>{prose(3)}{said}{prose(1)}</div>"))) == [
        "prose(3)",
        "p They buried him at Osterholm, beside the old lamp.",
        "prose(1)",
    ]


def test_teasers_below_a_story_are_left_out() -> None:
    teaser = "<h3><a href='/{}'>The {}</a></h3><p>What came of it, and who paid.</p>"
    more = "".join(teaser.format(w, w) for w in ("Lamp", "Tide", "Post", "Stove"))
    parsed = read(page(f"{MENU}<div class='entry'>{prose(4)}<div class='x1'>{more}</div></div>"))
    assert shown(parsed) == ["prose(4)"]
    assert [(o.rule, o.text) for o in parsed.omissions][1:] == [
        (
            "navigation",
            "The Lamp\nWhat came of it, and who paid.\nThe Tide\nWhat came of it, and who paid.\nThe Post\nWhat came of it, and who paid.\nThe Stove\nWhat came of it, and who paid.",
        )
    ]


def test_a_story_that_a_script_would_show_is_taken_without_what_is_hidden_in_it() -> None:
    links = "".join(f"<li><a href='/{n}'>A long headline about the council and the harbour</a></li>" for n in range(40))
    trap = "<p style='display:none'>Copied without leave from elsewhere.</p>"
    story = f"<div class='x' style='display:none'>{prose(3)}{trap}{prose(1)}</div>"
    parsed = read(page(f"{MENU}<ul>{links}</ul><p>Loading.</p>{story}"))
    assert shown(parsed) == ["prose(4)"]
    assert left_out(parsed) == [
        ("outside the story", "Home All stories About us"),
        ("outside the story", "\n".join(["A long headline about the council and the harbour"] * 40)),
        ("outside the story", "Loading."),
        ("hidden", "Copied without leave from elsewhere."),
    ]
    assert [d.code for d in parsed.findings] == ["html-hidden-story", "html-hidden"]


def test_the_open_part_of_a_paid_article_is_taken_without_its_frame() -> None:
    frame = "<div class='box'><h5>Ferry days</h5><div>All you need to know: what to wear and what to bring.</div></div>"
    body = f"{MENU}<div class='a1'><div class='entry'><p>{PROSE[0]}</p><p>{PROSE[2]}</p></div></div>"
    assert shown(read(page(f"{body}<div class='a2'>{frame * 6}</div><p>© 2020 The Harbour Post</p>"))) == [
        f"p {PROSE[0]}",
        f"p {PROSE[2]}",
    ]


def test_paragraphs_beside_the_storys_element_belong_to_it() -> None:
    loose = "<p>The last of them was for <a href='/who'>nobody</a>, and it was the one she kept.</p>"
    body = f"{MENU}<article><div class='entry'>{prose(4)}</div>{loose}</article><div><a href='/n'>Next</a></div>"
    assert shown(read(page(body))) == ["prose(4)", "p The last of them was for nobody, and it was the one she kept."]


def test_the_next_section_of_a_text_belongs_to_it() -> None:
    parts = f"<div class='t1'>{prose(3)}</div><div class='t2'>{prose(3)}</div>"
    last = f"<section class='end'><h4>What became of it</h4><p>{PROSE[0]} {PROSE[1]}</p><p>{PROSE[2]}</p></section>"
    body = f"{MENU}<div class='page'><section class='start'>{parts}</section><div>4 of 5</div>{last}</div>"
    assert shown(read(page(body))) == ["prose(6)", "h1 What became of it", f"p {PROSE[0]} {PROSE[1]}", f"p {PROSE[2]}"]


def test_text_that_stands_loose_beside_the_storys_element_belongs_to_it() -> None:
    first = f"<div class='first'>{' '.join(PROSE)} {' '.join(PROSE)}</div>"
    loose = f"<i>At last</i> {PROSE[2]}<br><br>{PROSE[3]}<br><br>"
    body = f"{MENU}<article>{first}{loose}</article><div><a href='/n'>Next</a></div>"
    assert shown(read(page(body))) == [f"p {' '.join(PROSE * 2)}", f"p _At last_ {PROSE[2]}", f"p {PROSE[3]}"]


def test_a_sentence_that_is_mostly_a_link_is_no_menu() -> None:
    link = "<div>They had, all of them, <a href='/w'>walked all the way from Osterholm to the lamp</a> by then.</div>"
    told = "".join(f"<div>{p}</div>" for p in PROSE)
    assert shown(read(page(f"{MENU}<div class='entry'>{told * 3}{link}{told}</div>"))) == [
        "prose(3)",
        "p They had, all of them, walked all the way from Osterholm to the lamp by then.",
        "prose(1)",
    ]


@pytest.mark.parametrize(("name", "kept"), [("area-comments", False), ("author-comments", True)])
def test_readers_comments_go_and_the_authors_stay(name: str, kept: bool) -> None:
    thanks = "Thank you all for reading so far, it means much to me."
    body = f"{MENU}<div class='entry'>{prose(8)}<div class='{name}'><p>{thanks}</p></div></div>"
    assert shown(read(page(body))) == ["prose(8)", *([f"p {thanks}"] if kept else [])]


def test_a_dropped_initial_is_the_beginning_of_a_word() -> None:
    initial = "<p><span style='display:block;float:left;font-size:300%'>T</span>hey came at night.</p>"
    assert shown(read(page(initial + prose(3)))) == ["p They came at night.", "prose(3)"]


def test_a_quotation_that_brings_its_marks_gets_no_others() -> None:
    found = shown(read(page(f"<p><q>“Go home,”</q> he said, and <q>go</q> again.</p>{prose(3)}")))
    assert found == ["p “Go home,” he said, and “go” again.", "prose(3)"]


def test_a_raised_number_in_what_is_left_out_is_no_lost_word() -> None:
    parsed = read(page(f"{prose(3)}<div style='display:none'>lamp<sup>2</sup></div>"))
    assert shown(parsed) == ["prose(3)"]
    assert left_out(parsed) == [("hidden", "lamp2")]


def test_a_linked_cell_of_a_table_that_tells_something_stays() -> None:
    rows = "".join(
        f"<tr><td><a href='/{n}'>{n}</a></td><td>lit at nine, put out at dawn</td></tr>"
        for n in ("Osterholm Top", "The Last Lamp", "Home Bay")
    )
    assert shown(read(page(f"{MENU}<div class='entry'>{prose(4)}<table>{rows}</table>{prose(1)}</div>"))) == [
        "prose(4)",
        "table",
        "  Osterholm Top | lit at nine, put out at dawn",
        "  The Last Lamp | lit at nine, put out at dawn",
        "  Home Bay | lit at nine, put out at dawn",
        "prose(1)",
    ]


def test_a_short_box_between_paragraphs_is_a_part_of_the_story() -> None:
    box = "<div><div>Quest received: light the lamp of Osterholm [0/1]</div></div>"
    stats = "<table><tr><td>Strength</td><td>12</td></tr><tr><td>Patience</td><td>3</td></tr></table>"
    found = shown(read(page(f"{MENU}<div class='entry'>{prose(3)}{box}{prose(1)}{stats}{prose(2)}</div>")))
    assert found == [
        "prose(3)",
        "p Quest received: light the lamp of Osterholm [0/1]",
        "prose(1)",
        "table",
        "  Strength | 12",
        "  Patience | 3",
        "prose(2)",
    ]


LINKS = "".join(f"<li><a href='/lamp/{n}'>The lamp at number {n}</a></li>" for n in range(4))
LISTED = [line for n in range(4) for line in ("-", f"  p The lamp at number {n}")]


def entry(body: str) -> list[str]:
    """What is shown of these blocks between paragraphs."""
    return shown(read(page(f"{MENU}<div class='entry'>{prose(3)}{body}{prose(2)}</div>")))


def test_a_list_that_a_sentence_announces_is_part_of_the_text() -> None:
    told = "<p>Four lamps are worth the walk on a clear night:</p>"
    assert entry(f"{told}<ul>{LINKS}</ul>") == [
        "prose(3)",
        "p Four lamps are worth the walk on a clear night:",
        *LISTED,
        "prose(2)",
    ]
    told = "<p>Read the other chapters of this story here:</p>"
    assert entry(f"{told}<ul>{LINKS}</ul>") == ["prose(3)", "p Read the other chapters of this story here:", "prose(2)"]
    assert entry(f"<ul>{LINKS}</ul>") == ["prose(5)"]


def test_a_list_that_an_item_announces_is_part_of_it() -> None:
    first = f"<li>{PROSE[0]}</li><li>{PROSE[1]}</li>"
    shown_first = [line for words in PROSE[:2] for line in ("-", f"  p {words}")]
    assert entry(f"<ul>{first}<li>Lit that night: <ul>{LINKS}</ul></li></ul>") == [
        "prose(3)",
        *shown_first,
        "-",
        "  p Lit that night:",
        *(f"  {line}" for line in LISTED),
        "prose(2)",
    ]
    told = f"<li><a href='/lamps'>Lamps:</a><ul>{LINKS}</ul></li>"
    assert entry(f"<ul>{first}{told}</ul>") == ["prose(3)", *shown_first, "-", "  p Lamps:", "prose(2)"]


def test_one_or_two_links_among_paragraphs_are_part_of_the_text() -> None:
    links = "<li><a href='/lamp/1'>The lamp at number 1</a></li>"
    lines = ["-", "  p The lamp at number 1"]
    assert entry(f"<ul>{links}</ul>") == ["prose(3)", *lines, "prose(2)"]
    assert entry(f"<ul>{links * 2}</ul>") == ["prose(3)", *lines, *lines, "prose(2)"]
    assert entry(f"<ul><li>{links.replace('li>', 'b>') * 3}</li></ul>") == ["prose(5)"]
    assert entry(f"<ul class='lamps'>{links * 2}</ul>") == ["prose(5)"]
    assert entry(f"<p>Follow the lamp</p><ul>{links * 2}</ul>") == ["prose(3)", "p Follow the lamp", "prose(2)"]


@pytest.mark.parametrize(("heading", "kept"), [("See also", True), ("Related posts", False), ("More from us", False)])
def test_a_list_under_a_heading_like_the_texts_own_is_part_of_it(heading: str, kept: bool) -> None:
    sections = f"<h2>The lamp</h2>{prose(1)}<h2>The oil</h2>{prose(1)}"
    found = entry(f"{sections}<h2>{heading}</h2><ul>{LINKS}</ul>")
    sections = ["prose(3)", "h1 The lamp", "prose(1)", "h1 The oil", "prose(1)"]
    # An editor would leave out the heading with its list.
    assert found == [*sections, f"h1 {heading}", *(LISTED if kept else ()), "prose(2)"]


def cited(heading: str, twice: bool) -> Parsed:
    mark = "<sup><a href='#n{0}'>[{0}]</a></sup>"
    marks = "".join(f"<p>The lamp was lit by somebody at the stroke of nine.{mark.format(n)}</p>" for n in (1, 2, 3))
    again = "".join(f"<p>It was put out by nobody at all.{mark.format(n)}</p>" for n in (1, 2)) if twice else ""
    listed = "".join(f"<li id='n{n}'>^ Brandt, letter {n}.</li>" for n in (1, 2, 3))
    return read(page(f"<h1>Lamps</h1>{prose(2)}{marks}{again}<h2>{heading}</h2><ol>{listed}</ol>"))


def test_works_that_are_cited_again_and_again_stay_a_list() -> None:
    assert shown(cited("Notes", twice=False)) == [
        "prose(2)",
        "p The lamp was lit by somebody at the stroke of nine.[^1 p ^ Brandt, letter 1.]",
        "p The lamp was lit by somebody at the stroke of nine.[^2 p ^ Brandt, letter 2.]",
        "p The lamp was lit by somebody at the stroke of nine.[^3 p ^ Brandt, letter 3.]",
    ]
    assert shown(cited("Notes", twice=True)) == [
        "prose(2)",
        "p The lamp was lit by somebody at the stroke of nine.[[super [1]]](#at-ada31304)",
        "p The lamp was lit by somebody at the stroke of nine.[[super [2]]](#at-34aa42be)",
        "p The lamp was lit by somebody at the stroke of nine.[[super [3]]](#at-43ad7228)",
        "p It was put out by nobody at all.[[super [1]]](#at-ada31304)",
        "p It was put out by nobody at all.[[super [2]]](#at-34aa42be)",
        "h1 Notes",
        "1",
        "  p [#at-ada31304 ^ Brandt, letter 1.]",
        "2",
        "  p [#at-34aa42be ^ Brandt, letter 2.]",
        "3",
        "  p [#at-43ad7228 ^ Brandt, letter 3.]",
    ]


def test_a_contents_list_of_an_article_that_has_begun_stays_and_divides_nothing() -> None:
    heads = "".join(f"<h2 id='s{n}'>The {n} lamp</h2>{prose(1)}" for n in ("red", "green", "blue"))
    listed = "".join(f"<li><a href='#s{n}'>The {n} lamp</a></li>" for n in ("red", "green", "blue"))
    opening = "<p>" + " ".join(PROSE * 2) + "</p>"
    late = read(page(f"<h1>Lamps</h1>{opening}<h2>Contents</h2><ul>{listed}</ul>{heads}"))
    assert shown(late) == [
        f"p {' '.join(PROSE * 2)}",
        "p **Contents**",
        "-",
        "  p [The red lamp](#at-23f1bdfe)",
        "-",
        "  p [The green lamp](#at-a8bafc52)",
        "-",
        "  p [The blue lamp](#at-b9ed1bfc)",
        "h1 [#at-23f1bdfe The red lamp]",
        "prose(1)",
        "h1 [#at-a8bafc52 The green lamp]",
        "prose(1)",
        "h1 [#at-b9ed1bfc The blue lamp]",
        "prose(1)",
    ]
    first = read(page(f"<h1>Lamps</h1><h2>Contents</h2><ul>{listed}</ul>{opening}{heads}"))
    assert shown(first) == [
        f"p {' '.join(PROSE * 2)}",
        "h1 The red lamp",
        "prose(1)",
        "h1 The green lamp",
        "prose(1)",
        "h1 The blue lamp",
        "prose(1)",
    ]


def test_a_table_with_heads_is_data_however_long_its_cells() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{' '.join(PROSE * 3)}</td></tr>" for n in range(1, 4))
    parsed = read(page(f"<div>{prose(3)}<table><tr><th>#</th><th>What was seen</th></tr>{rows}</table></div>"))
    cells = [f"  {n} | {' '.join(PROSE * 3)}" for n in range(1, 4)]
    assert shown(parsed) == ["prose(3)", "table", "  # | What was seen", *cells]


def test_a_table_with_heads_is_data_though_a_table_stands_in_it() -> None:
    inner = "<table><tr><td>red</td><td>4</td></tr><tr><td>green</td><td>9</td></tr></table>"
    facts = f"<table><tr><th>Keeper</th><td>Old Brandt</td></tr><tr><th>Lamps</th><td>{inner}</td></tr></table>"
    assert entry(facts) == [
        "prose(3)",
        "table",
        "  Keeper | Old Brandt",
        "  Lamps | table;   red | 4;   green | 9",
        "prose(2)",
    ]
    layout = f"<table><tr><td>{prose(1)}</td><td>{inner}</td></tr></table>"
    assert entry(layout) == ["prose(4)", "table", "  red | 4", "  green | 9", "prose(2)"]


def test_a_column_with_a_head_is_data_and_one_without_is_a_box() -> None:
    lamps = "<tr><td>red</td></tr><tr><td>green</td></tr>"
    assert entry(f"<table><tr><th>Lamps</th></tr>{lamps}</table>") == [
        "prose(3)",
        "table",
        "  Lamps",
        "  red",
        "  green",
        "prose(2)",
    ]
    assert entry(f"<table>{lamps}</table>") == ["prose(3)", "box:", "  p red", "  p green", "prose(2)"]


def test_a_rule_above_a_heading_stays_and_blank_lines_beside_a_table_are_none() -> None:
    blank = "<p>&nbsp;</p>"
    table = f"{blank}{blank}<table><tr><th>Oil</th><th>Wick</th></tr><tr><td>9</td><td>4</td></tr></table>{blank}"
    body = f"{prose(4)}<hr><h3>The oil</h3>{prose(1)}{table}{prose(1)}<hr>"
    assert shown(read(page(f"<h1>Lamps</h1>{body}"))) == [
        "prose(4)",
        "break",
        "h1 The oil",
        "prose(1)",
        "table",
        "  Oil | Wick",
        "  9 | 4",
        "prose(1)",
    ]


@pytest.mark.parametrize(
    ("cite", "cited"),
    [
        ("The Keeper's Year", "_The Keeper's Year_"),
        (
            "Brandt, O. (1899). <i>The Keeper's Year</i>. Osterholm: the author.",
            "Brandt, O. (1899). _The Keeper's Year_. Osterholm: the author.",
        ),
        (
            "a letter that the keeper of the lamp wrote to his sister in the winter of 1899",
            "a letter that the keeper of the lamp wrote to his sister in the winter of 1899",
        ),
    ],
)
def test_a_cited_title_is_italic_and_a_cited_source_is_not(cite: str, cited: str) -> None:
    found = shown(read(page(f"{prose(3)}<p>So it says in <cite>{cite}</cite> that year.</p>")))
    assert found == ["prose(3)", f"p So it says in {cited} that year."]


def test_a_list_of_one_item_around_the_story_is_a_frame() -> None:
    assert shown(read(page(f"{MENU}<ul><li>{prose(4)}</li></ul>"))) == ["prose(4)"]
    assert shown(read(page(f"<p>{PROSE[0]}</p><ul><li><p>{PROSE[1]}</p></li></ul>"))) == [
        f"p {PROSE[0]}",
        "-",
        f"  p {PROSE[1]}",
    ]


def test_a_short_chapter_between_two_others_is_no_index() -> None:
    links = "<p><a href=1>Vorheriges Kapitel</a> | <a href=2>Nächstes Kapitel</a> | <a href=3>Inhalt</a></p>"
    found = read(page(f"<h1>Nebel</h1><h2>Kapitel 1</h2><p>Er sah schweigend aufs Meer hinaus.</p>{links}"))
    assert shown(found) == ["h1 Kapitel 1", "p Er sah schweigend aufs Meer hinaus."]


@pytest.mark.parametrize(
    ("tag", "marked"), [("i", "_{}_"), ("b", "**{}**"), ("em", "_{}_"), ("s", "[strike {}]"), ("I", "_{}_")]
)
def test_stress_over_several_paragraphs_is_in_all_of_them(tag: str, marked: str) -> None:
    thoughts = f"<{tag} class=x>\n<p>The first thought.</p><p>The second thought.</p></{tag}>"
    found = read(page(f"<div>{prose(3)}{thoughts}<p>Then it was <i>day</i>.</p>{prose(2)}</div>"))
    assert shown(found) == [
        "prose(3)",
        "p " + marked.format("The first thought."),
        "p " + marked.format("The second thought."),
        "p Then it was _day_.",
        "prose(2)",
    ]


def test_a_hidden_word_in_a_sentence_does_not_tear_it() -> None:
    found = entry("<p>The killer was <span class='spoiler'>the cook</span>, and not the maid.</p>")
    assert found == ["prose(3)", "p The killer was the cook, and not the maid.", "prose(2)"]


def test_the_box_of_facts_of_an_encyclopedia_is_a_part_of_the_article() -> None:
    box = "<aside class='portable-infobox'><h2>Keep</h2><div>Ruler</div><div>Lady Orsolya</div></aside>"
    assert shown(read(page(f"{MENU}<div class='entry'>{box}{prose(4)}</div>"))) == [
        "box:",
        "  h1 Keep",
        "  p Ruler",
        "  p Lady Orsolya",
        "prose(4)",
    ]


@pytest.mark.parametrize(
    ("front", "subtitle"),
    [
        ("<h1>The Packing List</h1><h3>A Story</h3><p>by Nell Tarrant</p>", "A Story"),
        ("<h1>The Packing List</h1><p>by Nell Tarrant (<a href='mailto:n@t.example'>n@t.example</a>)</p>", ""),
        ("<center><font size=6>The Packing List</font><br>by Nell Tarrant (n@t.example)</center>", ""),
    ],
)
def test_a_byline_is_no_chapter(front: str, subtitle: str) -> None:
    body = f"{front}<h2>Chapter One</h2>{prose(3)}<h2>Chapter Two</h2>{prose(3)}"
    parsed = read(page(body, "<title>The Packing List</title>"))
    book = parsed.book
    assert shown(parsed) == ["# [chapter 1] Chapter One", "prose(3)", "# [chapter 2] Chapter Two", "prose(3)"]
    assert book.metadata.authors == ("Nell Tarrant",)
    assert book.metadata.subtitle == subtitle


def test_a_file_s_name_in_the_tab_gives_way_to_the_heading() -> None:
    parsed = read(page(f"<h1>The Night Channel</h1><p>by Ede Poll</p>{prose(4)}", "<title>log</title>"))
    book = parsed.book
    assert (book.metadata.title, book.metadata.authors) == ("The Night Channel", ("Ede Poll",))
    assert shown(parsed) == ["prose(4)"]


def test_see_also_is_of_the_article_wherever_it_stands() -> None:
    # An editor would keep the heading, which is taken for the page's title.
    assert entry(f"<h2>See also</h2><ul>{LINKS}</ul>") == ["prose(3)", *LISTED, "prose(2)"]


def test_a_wall_of_cookies_is_refused_and_a_short_story_under_a_banner_is_not() -> None:
    with pytest.raises(NotAStory, match="cookies"):
        read(page("<h1>Before you continue to Lampnovels</h1><p>We use cookies to measure how the site is read.</p>"))
    banner = "<div>We value your privacy. This site uses cookies to measure how it is read. Accept all cookies</div>"
    assert shown(read(page(f"{banner}<h1>The Lamp</h1>{prose(1)}"))) == [
        "p We value your privacy. This site uses cookies to measure how it is read. Accept all cookies",  # no story's
        "prose(1)",
    ]


def test_a_heading_that_is_a_link_leads_to_itself_and_other_links_in_headings_are_kept() -> None:
    part = "<h2>1. <a href='/a'>The Lamp</a></h2>"
    whole = "<h2><a href='/b'>2. The Tide</a></h2>"
    elsewhere = "<h2><a href='https://tides.example/c'>3. The Post</a></h2>"
    body = f"{MENU}<div class='entry'>{prose(3)}{part}{prose(1)}{whole}{prose(1)}{elsewhere}{prose(1)}</div>"
    address = "<link rel='canonical' href='https://www.lamps.example/all'>"
    lines = ["# [chapter]", "prose(3)", "# [chapter 1] 1. / [The Lamp](https://www.lamps.example/a)", "prose(1)"]
    lines += ["# [chapter 2] 2. / The Tide", "prose(1)"]
    own = "# [chapter 3] 3. / [The Post](https://tides.example/c)"
    assert shown(read(page(body, address))) == [*lines, own, "prose(1)"]


def post(writer: str, said: str) -> str:
    who = f"<div class=side><a class=username href=/u/{writer}>{writer}</a> <b>Posts:</b> 91</div>"
    return f"<div class='post row'>{who}<div class=said>{said}</div></div>"


def test_short_posts_of_a_thread_belong_together() -> None:
    thread = post("lampmoth", prose(2)) + post("sedge", "<p>More, please!</p>") + post("lampmoth", prose(2))
    parsed = read(page(f"{MENU}<h1>The Inn</h1><h2>The Lamp</h2><div>{thread}</div>"))
    assert [line for line in shown(parsed) if line.startswith("prose")] == ["prose(2)", "prose(2)"]
    assert parsed.book.metadata.authors == ("lampmoth",)
    assert ("comments", "sedge Posts: 91\nMore, please!") in left_out(parsed)


def test_a_story_above_a_thread_is_the_story() -> None:
    thread = "".join(post(who, f"<p>{PROSE[0]}</p>") for who in ("sedge", "rush", "sedge"))
    parsed = read(page(f"{MENU}<h1>The Lamp</h1><div class=tale>{prose(3)}</div><div>{thread}</div>"))
    assert shown(parsed)[0] == "prose(3)"


def test_messages_that_a_story_quotes_are_no_thread() -> None:
    said = [
        ("lampmoth", "Is it lit?"),
        ("sedge", "It is."),
        ("lampmoth", "By whom? Nobody is out there, the boat is in."),
    ]
    chat = "".join(f"<div class=msg><b class=username>{who}</b> <i>{words}</i></div>" for who, words in said * 8)
    parsed = read(page(f"{MENU}<h1>The Lamp</h1><div class=tale>{chat}</div>"))
    assert [line for line in shown(parsed) if "sedge" in line] == ["p **sedge** _It is._"] * 8


TURNS = (
    "The lantern went out before anybody had reached the stair, and Osk counted the steps aloud so that the others "
    "would know where he stood. Nobody answered him. Below, the water had begun to talk to itself again.",
    "Mirel did not count. She went down on her hands and knees, felt along the wall for the iron ring, and found a "
    "hand there already, cold as the wall was. “Osk,” she said, “tell me that this is yours.”",
    "It was not his. Far above them the boy had found the oil and no wick, and he stood with the jug in his arms as "
    "if it were a child, listening to two people fall silent at the same moment.",
)


def test_posts_of_several_that_tell_in_turn_are_all_kept() -> None:
    thread = "".join(
        post(who, f"<p>{said}</p>") for who, said in zip(("lampmoth", "sedge", "rush"), TURNS, strict=True)
    )
    parsed = read(page(f"{MENU}<h1>The Inn</h1><h2>The Cistern</h2><div>{thread}</div>"))
    assert parsed.book.metadata.authors == ("lampmoth", "sedge", "rush")
    told = "\n".join(shown(parsed))
    assert [said.partition("“")[0] in told for said in TURNS] == [True] * 3
    assert "html-told-in-turn" in [f.code for f in parsed.findings]


def test_sentences_outside_the_story_that_are_nearly_as_many_are_doubted() -> None:
    def nameless(who: str, said: str) -> str:
        side = f"<dl><dt><a href=/u>{who}</a></dt><dd>Posts: 300</dd><dd>Joined: Tue Mar 01, 2011</dd></dl>"
        over = f"<h3><a href='#p'>Re: The Cistern</a></h3><p>by <a href=/u>{who}</a></p>"
        return f"<div class='post row'><div class=in>{side}<div class=st>{over}<div>{said * 2}</div></div></div></div>"

    thread = "".join(nameless(who, said) for who, said in zip(("lampmoth", "sedge", "rush"), TURNS, strict=True))
    parsed = read(page(f"{MENU}<h1>The Inn</h1><h2><a href=/t>The Cistern</a></h2><div>{thread}</div>{MENU}"))
    outside = [text for rule, text in left_out(parsed) if rule == "outside the story" and "\n" in text]
    assert [said in "\n".join(outside) for said in TURNS] == [True, False, True]
    assert [f.opening for f in parsed.findings if isinstance(f, LeftOutProse)] == [
        "lampmoth Posts: 300 Joined: Tue Mar 01, 2011",
        "rush Posts: 300 Joined: Tue Mar 01, 2011",
    ]
