"""In which language a page's story is: the page's template may say another."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.findings.metadata import MetadataLanguage
from converter.parsers.html import html_parser
from converter.proof import prove_parsed
from tests.pages.making import prose

TEXTS = {
    "de": "Der alte Fährmann hatte sein Boot schon an den Pfahl gebunden, als die Frau mit dem Korb den Weg herunterkam und "
    "nach ihm rief. Er wollte nicht mehr fahren, denn der Fluss war hoch, und im Dorf wartete die Suppe auf ihn. Aber sie "
    "stellte den Korb ins Gras, und darin schlief ein Kind, das niemandem gehörte und das doch jemand bringen musste.",
    "fr": "Le vieux passeur avait déjà attaché sa barque quand la femme au panier descendit le chemin et l'appela. Il ne "
    "voulait plus traverser, car la rivière était haute, et la soupe l'attendait au village. Mais elle posa le panier dans "
    "l'herbe, et il y dormait un enfant qui n'était à personne et que quelqu'un devait pourtant conduire.",
    "en": "The old ferryman had tied his boat to the post when the woman with the basket came down the path and called to "
    "him. He did not want to cross again, for the river was high, and there was soup waiting for him in the village. But she "
    "put the basket in the grass, and a child slept in it who was nobody's and had to be brought somewhere all the same.",
    "nb": "Den gamle fergemannen hadde allerede bundet båten sin da kvinnen med kurven kom ned stien og ropte på ham. Han "
    "ville ikke ro mer, for elven sto høyt, og i landsbyen ventet suppen på ham. Men hun satte kurven i gresset, og i den sov "
    "et barn som ikke var noens, og som noen likevel måtte bringe over.",
}


def read(lang: str, body: str, head: str = "") -> Parsed:
    declared = f' lang="{lang}"' if lang else ""
    text = f"<!DOCTYPE html><html{declared}><head><title>Ferry</title>{head}</head><body><h1>Ferry</h1>{body}</body></html>"
    parsed = html_parser()(Source("ferry.html", text.encode(), ".html"))
    prove_parsed(parsed)
    return parsed


def said(parsed: Parsed) -> tuple[str, list[str]]:
    doubts = [f.declared for f in parsed.findings if isinstance(f, MetadataLanguage)]
    return parsed.book.metadata.language, doubts


@pytest.mark.parametrize(
    ("lang", "text", "own", "language"),
    [
        ("en", "de", ' lang="de"', "de"),
        ("en-US", "de", "", "de"),
        ("en", "de", ' lang="de-AT"', "de-AT"),
        ("en", "fr", ' lang="fr"', "fr"),
        ("de", "en", "", "en"),
    ],
)
def test_the_story_s_own_language_wins_over_the_page_s(lang: str, text: str, own: str, language: str) -> None:
    parsed = read(lang, f"<div{own}><p>{TEXTS[text]}</p><p>{TEXTS[text]}</p></div>")
    assert said(parsed) == (language, [lang])


@pytest.mark.parametrize("text", ["de", "fr"])
def test_the_words_of_menus_inside_the_story_s_element_are_not_asked(text: str) -> None:
    menu = "".join(
        f"<li><a href=/tale/{n}>The Tale of the Widow and the {n} Herons of the Marsh</a>" for n in range(12)
    )
    around = f"<ul id=menu>{menu}</ul>", f"<div class=related><h3>You may also like</h3><ul>{menu}</ul></div>"
    assert said(read("en", f"<div id=main>{around[0]}<p>{TEXTS[text]}</p>{around[1]}</div>")) == (text, ["en"])


def test_words_of_two_languages_are_in_the_one_that_most_are_marked_with() -> None:
    facts = "<p>Country: Germany | Reading time: 1 minute | Told by a miller in the north of the country</p>" * 2
    told = f"<p>{TEXTS['de']}</p>"
    assert said(read("en", f"<div>{facts}<div lang=de>{told}</div></div>")) == ("de", ["en"])
    assert said(read("en", f"<div>{facts}<div>{told}</div></div>")) == ("en", [])


def test_what_a_page_says_of_itself_in_its_head_is_a_template_s_too() -> None:
    assert said(read("", f"<p>{TEXTS['de']}</p>", '<meta property="og:locale" content="en_US">')) == ("de", ["en-US"])


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", f"<p>{TEXTS['en']}</p><p lang=de>{TEXTS['de']}</p><p>{TEXTS['en']}</p>"),  # somebody reads a letter
        ("de-CH", f"<p>{TEXTS['de']}</p>"),
        ("da", f"<p>{TEXTS['nb']}</p>"),  # words alone tell them apart badly
        ("en", "<p>Der Fährmann schlief.</p>"),  # too little to be sure
        ("en", prose()),
    ],
)
def test_the_page_s_language_stays_where_the_words_are_not_surely_another_s(lang: str, body: str) -> None:
    assert said(read(lang, body)) == (lang, [])
