"""Apostrophes: those inside words, and how likely a mark at a word's edge is one.

Rule: an apostrophe is the closing single mark, U+2019, wherever it stands ('tis, 'em, '90s, dogs', goin'): Chicago
6.117. Which mark is an apostrophe and which opens a quotation is decided in `quotes.py`; the words are judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.passes.conventions import Conventions

INSIDE = regex(r"(?<=[^\W_])['´`’′‛＇](?=[^\W\d_])")
SURE_FIRST = frozenset(  # words that exist only with the apostrophe, or nearly so
    (
        "alf appen appened ard arf arriet arry ave bout bove cause cept ceptin cordin course cuz deed dilly dout e "
        "ead eard ears eart eaven eavens ee ello elp em er ere erself fess fessor fo fraid frisco gainst gustibus igh "
        "im imself isself kase kay lectric liza lizabeth ll mongst mought neath nless nother nough nuff nuther ole "
        "ome onest orrible orrid orse orses ospital ot otel ouse ouses ow owever owling pon re round scuse sfar "
        "specially spect spensive splain splosion spose sposing stead stonished sturb sup tain taint thout til tis "
        "tisn tother tude tward twarn twas twasn tween twere twill twixt twon twould twouldn ud ullabaloo ullo um "
        "umble un undred undreds uns urry usband uz ve zackly"
    ).split()
)
ALSO_WORDS = frozenset(  # elided words that are words without it too
    (
        "air alf all am and as at bus bye count coz crease cross ear ed eel eight ell en flu ford fore gin ill ire is "
        "itch less live long longst low lowed member most n old ope over pears phone plane pose side sides special "
        "spite tend tention ticular till way"
    ).split()
)
SURE_LAST = frozenset(
    (
        "a agains ain an anythin ap aren aroun aw awa befo behin bes bo bol ca chil col comin couldn darlin de didn "
        "do doan doin don en ev evenin everythin fa fas firs fo foun frien gi gie goin' gov groun guv ha hadn han "
        "han' hasn haven hissel husban isn jes jis jus kep kin lan las lawd lef les lil lor los ma mak mek min mo "
        "mornin mos mus mustn mysel needn nex nigh nothin o ol ole oughter oughtn pas po roun san sel sen sho shouldn "
        "slep sof somethin stan t ta tak tek ter th tha ther thousan tol trus warn wasn weren wh wha whar wi wid wil "
        "won wouldn yo"
    ).split()
)
SURE, PROBABLE, POSSIBLE, UNLIKELY = 0.2, 1.0, 2.0, 3.5  # costs; an unclosed quotation mark costs 2.5 (see quotes.py)
OFTEN = 3  # times with the mark, and more often than without it: the book itself says that the word is cut
DECADE = regex(r"\d0s?(?![^\W_])|\d\d(?![^\W_])")
FIRST_WORD = regex(r"[^\W\d_]+")
CUT_WORD = regex(  # but not the first word of a short quotation
    r"['’`´‘](?<![^\W_].)([a-z]+)(?![^'’\"\n]{0,40}[a-z.,!?]['’](?![a-z]))"
)
CUT_END = regex(r"['’´](?<=[a-rt-z].)(?=[ ,;—])(?! ?[^a-z,;—])")
QUOTES = ("'", "’", "`", "´", "′")
AND = regex(r"[nN]['’´`′](?![^\W_])|a['’´`′](?= [a-z])")  # rock 'n' roll, would 'a' seen
REST_OF_WORD = frozenset("s t d m n f k st ll ve re em un".split())  # 's all right, 'll do, 'k
STARTS = ("h", "a", "be", "e", "i", "re", "ex", "de", "al", "in", "im", "ap", "ac", "as", "at", "con", "w", "th")
COMMON = frozenset(  # words that begin quotations, whole in every book, also in one too short to show it
    (
        "a about after again always an another any anyone ask away back be because been before but by call can come "
        "could day dear did do does each eat every everything father find for from get girl give go god good got "
        "great had has have he hello help her here hey him his hold home house how i if in into its just keep kill "
        "know last leave let life like little look love made make man may maybe me mind more mother much must my "
        "never new next no nobody none nor not nothing now of off oh okay on once one open our out own people perhaps "
        "please put quite really right run said same say see seven she should sir six some someone something sorry "
        "stay still stop such sure take tell ten than thank thanks their them then there these they thing think this "
        "those three to tomorrow tonight two under until up us very wait want was we well went were what when where "
        "which while who why will woman world would yeah year yes yet you young your"
    ).split()
)
AFTER_H = frozenset(  # what is left of common words that begin with h
    (
        "abit air airs alf all alt and andle andled ands andsome ang anged anging appen appened appens appy arbour "
        "ard arder ardly are arm armless arness arp arsh arvest as asn ast aste asty at atch ate ated atful ats aul "
        "ave aven aving avoc awk ay azard ead eadache eads eal ealth ealthy eap eaps ear eard earing earse eart earth "
        "earts earty eat eathen eave eaven eavy edge eed eel eels eight eir eld ell elmet elp elped elpful elping en "
        "ence er erb erd ere ero ers erself esitate ey id idden ide iding igh igher ighly ill ills im imself ind "
        "inder int ip ire ired is iss istory it itch its itting obby og old olding olds ole oles oliday ollow olly "
        "oly ome omely omes onest onour ood oof ook ooks oop oot op ope opes oping opped orn orrible orrid orror orse "
        "orses ospitable ospital ost ot otel otter ound ounds our ours ouse ouses over ow owever owl owled owling uge "
        "um umble umour undred undreds ung unger ungry unt unted unting urry urrying urt urting urts usband usbands "
        "ush usk ut ymn"
    ).split()
)
H_DROPPED = ("im", "er", "ad", "ave", "ow", "ead", "ouse", "ome", "ell", "imself", "ere", "orse", "arf", "ope")
BARE_WORD = regex(r"(?<!['’`´‘a-z])[a-z]+(?!['’a-z])")


def inside_words(text: str) -> Sequence[Edit]:
    """The apostrophes between two letters (don't, 1960's, We´ve)."""
    if text.isascii() and "'" not in text and "`" not in text:
        return ()
    return [Edit(m.start(), m.end(), "’") for m in INSIDE.finditer(text) if m[0] != "’"]


class Elisions:
    """How likely it is that a word has lost its first or last letters, by the book's own words.

    A word the book writes with the mark at least as often as without ("'uz", "'spectable") is probably cut; one that
    mostly stands without ("'the") is not.
    """

    def __init__(self, texts: Sequence[str], conventions: Conventions) -> None:
        self.texts = texts
        self.english = conventions.elisions
        self.always_cut = conventions.cut

    @cached_property
    def _lower(self) -> str:
        text = "\n".join(self.texts).lower()
        for mark in "´`′":
            text = text.replace(mark, "'")
        return text

    @cached_property
    def bare(self) -> Counter[str]:
        """How often the book's words stand without apostrophe, in lower case."""
        return Counter(BARE_WORD.findall(self._lower))

    @cached_property
    def cut(self) -> Counter[str]:
        """How often a mark stands before a word, in lower case."""
        return Counter(CUT_WORD.findall(self._lower))

    @cached_property
    def cut_last(self) -> Counter[str]:
        """How often a mark stands after a word (not after s: possessives), in lower case."""
        return Counter(_word_before(self._lower, m.start()) for m in CUT_END.finditer(self._lower))

    @cached_property
    def drops_h(self) -> bool:
        """Whether someone in the book drops his aitches."""
        return sum(self.cut[w] for w in H_DROPPED) >= 2

    def first(self, text: str, after: int) -> float:
        """The cost of reading the mark before position `after` as an apostrophe at a word's start."""
        if text[after : after + 1].isdigit():
            return _decade(text, after)
        m = FIRST_WORD.match(text, after)
        if not m:
            return UNLIKELY
        word = m[0].lower()
        if not self.english:
            return SURE if word in self.always_cut else UNLIKELY
        if AND.match(text, after):
            return 0.0
        if word in SURE_FIRST or word == "t" or (word in REST_OF_WORD and m[0].islower()):
            return SURE
        capital = 0.5 if m[0][0].isupper() else 0.0
        return PROBABLE + capital if word in ALSO_WORDS else self._first_by_the_book(word, capital)

    def _first_by_the_book(self, word: str, capital: float) -> float:
        """The cost of an apostrophe before a word that no list knows, by how the book itself writes the word. `capital`
        is what a capital letter adds: it begins quotations more often than cut words."""
        cut, bare = self.cut[word], self.bare[word] + (word in COMMON)
        if cut >= OFTEN and cut > bare:
            return SURE + capital
        if not bare:
            return (SURE if self._is_end_of_a_word(word) else PROBABLE) + capital * (1 if self.drops_h else 2)
        if self.drops_h and self.bare[f"h{word}"]:
            return POSSIBLE + capital
        return UNLIKELY + 2 * capital

    def _is_end_of_a_word(self, word: str) -> bool:
        """Whether the book has a longer word that ends so ("'spectable": respectable), with or without its g."""
        full = f"{word}g" if word.endswith("in") else word
        known = len(word) > 2 and any(self.bare[start + full] for start in STARTS)
        return known or (self.drops_h and full in AFTER_H)

    def last(self, text: str, before: int) -> float:
        """The cost of reading the mark at position `before` as an apostrophe at a word's end."""
        word = _word_before(text, before).lower()
        start = before - len(word)
        if not word:
            return POSSIBLE if text[before - 1 : before].isdigit() else UNLIKELY
        if self.english and (
            word in SURE_LAST or (word in ("n", "a") and text[start - 1 : start] in QUOTES and AND.match(text, start))
        ):
            return 0.0 if word in ("n", "a") else SURE
        if self.cut_last[word] >= OFTEN and self.cut_last[word] > self.bare[word]:
            return SURE
        if word.endswith("in") and (f"{word}g" in self.bare or word not in self.bare):
            return SURE * 2
        if word[-1] in "sxz":
            return PROBABLE
        return UNLIKELY - 0.5 if word in self.bare else PROBABLE


def _decade(text: str, after: int) -> float:
    """The cost of an apostrophe before figures: '90s, the summer of '76."""
    m = DECADE.match(text, after)
    if not m:
        return UNLIKELY
    return SURE if m[0][-1] == "s" or text[max(0, after - 3) : after - 2].isalpha() else PROBABLE


def _word_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:end]
