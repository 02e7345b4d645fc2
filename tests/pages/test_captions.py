"""Captions that a page's classes name, and pictures that part scenes."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Drawing

from tests.pages.making import page, read, shown

LONG = "She looked at the lamp for a long while and went on down the stairs to the harbour."
NEXT = "The ferryman had seen it too, and had said so to nobody but the dog, who did not mind."
CAPTION = "The quay, as it was before the storm."


def picture(width: int, height: int, colour: str = "grey") -> str:
    out = io.BytesIO()
    Drawing.new("RGB", (width, height), colour).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


QUAY = f'<img src="{picture(300, 400)}" alt="the quay">'


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="wp-caption aligncenter">{QUAY}<p class="wp-caption-text">{CAPTION}</p></div>',
        f'<div class="wp-caption"><a href="quay.png">{QUAY}</a><p class="wp-caption-text">{CAPTION}</p></div>',
        f'<figure class="wp-caption">{QUAY}<figcaption class="wp-caption-text">{CAPTION}</figcaption></figure>',
        f'<dl class="wp-caption"><dt class="wp-caption-dt">{QUAY}</dt><dd class="wp-caption-dd">{CAPTION}</dd></dl>',
        f'<dl class="gallery-item"><dt>{QUAY}</dt><dd class="wp-caption-text gallery-caption">{CAPTION}</dd></dl>',
        f'<figure class="wp-block-gallery"><figure class="wp-block-image">{QUAY}'
        f'<figcaption class="wp-element-caption">{CAPTION}</figcaption></figure></figure>',
        f'<p>{QUAY}</p>\n<p class="caption">{CAPTION}</p>',
        f'{QUAY}<p class="image-caption">{CAPTION}</p>',
        f'<p>{QUAY}<br><span class="caption">{CAPTION}</span></p>',
        f'<div>{QUAY}<div class="photo-caption">{CAPTION}</div></div>',
        f'<table class="tr-caption-container"><tr><td>{QUAY}</td></tr>'
        f'<tr><td class="tr-caption">{CAPTION}</td></tr></table>',
    ],
)
def test_what_a_class_calls_a_caption_is_the_pictures(body: str) -> None:
    made = shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>")))
    assert made == [f"p {LONG}", f"figure image-1.png “the quay” {CAPTION}", f"p {NEXT}"]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{QUAY}<br><small>{CAPTION}</small></p>",
        f"<p>{QUAY}<br/>\n<em>{CAPTION}</em></p>",
        f'<p align="center">{QUAY}<br><br><i>{CAPTION}</i><br></p>',
        f'<center><a href="quay.png">{QUAY}</a><br><span style="font-size: 80%">{CAPTION}</span></center>',
        f'<div>{QUAY}<br><font size="2">{CAPTION}</font></div>',
        f"<div><p><span>{QUAY}</span><br><small>{CAPTION}</small></p></div>",
    ],
)
def test_small_words_below_a_picture_in_its_paragraph_are_its_caption(body: str) -> None:
    made = [line.replace("_", "") for line in shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>")))]
    assert made == [f"p {LONG}", f"figure image-1.png “the quay” {CAPTION}", f"p {NEXT}"]


@pytest.mark.parametrize(
    "words", ["The quay before the storm", "Fig. 3. The quay, with the storm behind it.", "Drawn by Ada Moss"]
)
@pytest.mark.parametrize("between", ["<br>", "</p><p>", '</p><p align="center">'])
def test_a_few_plain_words_below_a_picture(words: str, between: str) -> None:
    made = shown(read(page(f"<p>{LONG}</p><p>{QUAY}{between}{words}</p><p>{NEXT}</p>")))
    of_the_picture = f"figure image-1.png “the quay” {words}" in made
    assert of_the_picture == (between == "<br>" or not words.startswith("The"))


@pytest.mark.parametrize(
    "below",
    [
        LONG,
        "He laughed.",
        "“The quay, before the storm”",
        "<i>“I never saw it,”</i>",
        "Chapter 3",
        "<small>* * *</small>",
        "<i>The quay</i> was empty.",
        f"<small>{LONG}</small><br>{NEXT}",
        "by Ada Moss",
        "<i>The End</i>",
        f"<small>{' '.join([LONG] * 5)}</small>",
    ],
)
def test_other_words_in_a_pictures_paragraph_are_text(below: str) -> None:
    made = shown(read(page(f"<p>{LONG}</p><p>{QUAY}<br>{below}</p><p>{NEXT}</p>")))
    assert not any(line.startswith("figure") and line != "figure image-1.png “the quay”" for line in made)


@pytest.mark.parametrize(
    "words", ["Map I was wrong.", "Picture 3 hung askew.", "Drawn by the noise, she went up to the attic."]
)
def test_a_sentence_below_a_picture_is_no_caption(words: str) -> None:
    assert f"p {words}" in shown(read(page(f"<p>{LONG}</p><p>{QUAY}</p><p>{words}</p><p>{NEXT}</p>")))


def test_small_words_below_a_picture_that_is_missing_stay_where_they_are() -> None:
    body = f'<p><img src="gone.png" alt="the quay"><br><small>{CAPTION}</small></p>'
    assert f"p {CAPTION}" in "\n".join(shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>"))))


@pytest.mark.parametrize("alt", ["", CAPTION, "The quay", f"{CAPTION} It is gone."])
@pytest.mark.parametrize("title", ["", CAPTION, "The quay", f"{CAPTION} It is gone."])
def test_a_caption_may_say_what_the_picture_is_called(alt: str, title: str) -> None:
    drawn = f'<img src="{picture(300, 400)}" alt="{alt}" title="{title}">'
    made = shown(read(page(f"<p>{LONG}</p><figure>{drawn}<figcaption>{CAPTION}</figcaption></figure><p>{NEXT}</p>")))
    assert made == [f"p {LONG}", f"figure image-1.png “{alt}” {CAPTION}", f"p {NEXT}"]


@pytest.mark.parametrize(
    "body",
    [
        f'<p class="caption">{CAPTION}</p>',
        f'<div class="caption"><p>{CAPTION}</p></div>',
        f'<p>{NEXT}</p><p class="wp-caption-text">{CAPTION}</p>',
    ],
)
def test_a_caption_without_a_picture_is_a_paragraph(body: str) -> None:
    assert f"p {CAPTION}" in shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>")))


def test_the_caption_of_a_picture_that_is_missing_is_kept() -> None:
    body = f'<div class="wp-caption"><img src="gone.png"><p class="wp-caption-text">{CAPTION}</p></div>'
    assert any(CAPTION in line for line in shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>"))))


@pytest.mark.parametrize("alt", ["***", "* * *", "~*~", "◆"])
@pytest.mark.parametrize("source", [picture(300, 60), "divider-lost.png", "x9.png"])
def test_a_picture_called_by_a_sign_is_a_break(alt: str, source: str) -> None:
    body = f'<p style="text-align:center"><img src="{source}" alt="{alt}"></p>'
    made = shown(read(page(f"<p>{LONG}</p>{body}<p>{NEXT}</p>")))
    assert [line.split()[0] for line in made] == ["p", "break", "p"]


def test_a_low_picture_that_comes_again_parts_scenes() -> None:
    strip = f'<p><img src="{picture(300, 60)}" alt=""></p>'
    body = strip.join(f"<p>{LONG}</p><p>{NEXT}</p>" for _ in range(3))
    assert [line.split()[0] for line in shown(read(page(body)))] == ["p", "p", "break", "p", "p", "break", "p", "p"]


@pytest.mark.parametrize("pictures", [[(300, 60)], [(300, 200), (300, 200)], [(900, 300), (900, 300)]])
def test_other_pictures_stay(pictures: list[tuple[int, int]]) -> None:
    body = "".join(f'<p>{LONG}</p><p><img src="{picture(*size)}" alt=""></p><p>{NEXT}</p>' for size in pictures)
    made = shown(read(page(body)))
    assert sum(line.startswith("figure") for line in made) == len(pictures)
