"""Which old encoding is it? Every candidate reads the non-ASCII lines; the reading most like a language wins.

A reading is like a language when its letters are that language's (and the common ones common), when signs stand
between words and not inside them, and when capitals begin words. For Chinese, Japanese and Korean the share of the most
frequent characters decides: it is above 0.3 in any right reading and near 0 in a wrong one.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from converter.document.record import dataclass

SAMPLE = 12_000  # bytes of non-ASCII lines, taken evenly over the file
COMMON, CAPITALS = 0.6, 0.3  # least share of common letters, most capitals, in running Cyrillic, Greek, Hebrew ...
CLEAR = 0.3  # ahead of every other reading by this much: no doubt left
RARE = 0.04  # what an encoding of DOS, old Macs or Unix has to be better by
HINT = 0.06  # what a declaration is worth: enough between Latin-1's kin, never against the letters
GUESS = 0.35  # below it no reading looks like a language
ALPHABET_TOP = 0.98  # a perfect score as an alphabet is weaker proof than one as frequent Chinese characters
ASIAN_FLOOR = 0.22  # least share of frequent characters in a right reading, short texts included
MISFIT, UNDEFINED, FOREIGN_LETTER, SIGN = -1.8, -3.0, -1.0, -0.3  # per character, where a fitting letter or mark is 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """An encoding (Python's name), how sure it is (0 to 1), and one sentence of evidence."""

    encoding: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Letters beyond ASCII that a language writes, in lower case; `common` where all its letters are beyond ASCII."""

    language: str
    letters: str
    common: str = ""


WEST = (
    Alphabet("French", "éèàêçùôîâûëïœæÿ"),
    Alphabet("German", "äöüß"),
    Alphabet("Spanish", "áéíóúñü¿¡ªº"),
    Alphabet("Portuguese", "ãõçáéíóúâêôàüªº"),
    Alphabet("Italian", "àèéìòùî"),
    Alphabet("Swedish or Finnish", "åäöé"),
    Alphabet("Danish or Norwegian", "åæøéóòô"),
    Alphabet("Dutch", "ëïéèöüóáíú"),
    Alphabet("Icelandic", "þðáéíóúýæö"),
    Alphabet("Catalan", "àèéíòóúçïü·"),
    Alphabet("English", "éèçêïæœñöüâàáóíôëãåøûî£½"),
)
MIDDLE = (
    Alphabet("Polish", "ąćęłńóśźż"),
    Alphabet("Czech", "ěščřžýáíéúůďťň"),
    Alphabet("Slovak", "áäčďéíĺľňóôŕšťúýž"),
    Alphabet("Hungarian", "áéíóöőúüű"),
    Alphabet("Croatian or Slovenian", "čćšžđ"),
    Alphabet("Romanian", "ăâîşţșț"),
)
RUSSIAN = Alphabet("Russian", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвлкмдпу")
UKRAINIAN = Alphabet("Ukrainian", "абвгдежзийклмнопрстуфхцчшщьюяєіїґ", "оаинвіертскл")
BULGARIAN = Alphabet("Bulgarian", "абвгдежзийклмнопрстуфхцчшщъьюя", "аеиотнрсвдлък")
SERBIAN = Alphabet("Serbian", "абвгдђежзијклљмнњопрстћуфхцчџш", "аоиенрстјуквмд")
GREEK = Alphabet("Greek", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "αοιετσνηυρπκμλς")
TURKISH = Alphabet("Turkish", "çğıöşüâîİ")
LITHUANIAN = Alphabet("Lithuanian", "ąčęėįšųūž")
LATVIAN = Alphabet("Latvian", "āčēģīķļņšūž")
ESTONIAN = Alphabet("Estonian", "äöõüšž")
HEBREW = Alphabet("Hebrew", "אבגדהוזחטיךכלםמןנסעףפץצקרשת", "יוהלארתבמש")
ARABIC = Alphabet("Arabic or Persian", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؛؟ًٌٍَُِّْ", "اليمونرتبه")
THAI = Alphabet(
    "Thai", "".join(chr(c) for c in range(0xE01, 0xE5C) if c not in range(0xE3B, 0xE3F)), "นารอกเงมยลวดทสตะปบคหแจพช่้ี็ั"
)
CYRILLIC = (RUSSIAN, UKRAINIAN, BULGARIAN, SERBIAN)

SINGLE: tuple[tuple[str, tuple[Alphabet, ...]], ...] = (  # in this order when two readings are equally good
    ("cp1252", WEST),
    ("cp1250", MIDDLE),
    ("cp1251", CYRILLIC),
    ("koi8_r", (RUSSIAN, BULGARIAN)),
    ("koi8_u", (UKRAINIAN,)),
    ("iso8859_2", MIDDLE),
    ("iso8859_15", WEST),
    ("mac_roman", WEST),
    ("cp850", WEST),
    ("cp437", WEST),
    ("cp852", MIDDLE),
    ("cp866", (RUSSIAN, BULGARIAN)),
    ("iso8859_5", CYRILLIC),
    ("mac_cyrillic", CYRILLIC),
    ("cp1253", (GREEK,)),
    ("iso8859_7", (GREEK,)),
    ("cp1254", (TURKISH,)),
    ("cp1257", (LITHUANIAN, LATVIAN, ESTONIAN)),
    ("cp1255", (HEBREW,)),
    ("cp1256", (ARABIC,)),
    ("cp874", (THAI,)),
)
SELDOM = frozenset(e for e, _ in SINGLE if e.startswith(("mac", "cp4", "cp8", "iso")) and e != "cp874")
DOS = frozenset({"cp437", "cp850", "cp852", "cp866"})
LIKELY = 0.9
PUNCTUATION = frozenset("“”‘’„‚«»‹›–—…¿¡\u00a0§·€№™©®°")
SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天"
    "分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利"
    "什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少"
    "报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类"
    "吗呢吧啊，。、；：？！“”‘’《》（）—…　"
)
TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天"
    "分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利"
    "什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少"
    "報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類"
    "嗎呢吧啊，。、；：？！「」『』《》（）—…　"
)
JAPANESE = frozenset(
    [chr(c) for c in range(0x3041, 0x3094)]
    + [chr(c) for c in range(0x30A1, 0x30FB)]
    + list("ー、。「」『』…―！？　人日一大年出本中子見国言上分生手自行者二間事思時気会前家")
)
KOREAN = frozenset(
    "이다는을의에가고하지로기도를은사어한서나있그리아자니들라시해것게면인수만으대정부었했보일장여전소구지원스상모마과주동안제비우오성내세말생조신방러진무거화관공현물계적관위개회음간할"
    "되경던없같려문였데저요야까와았들었더심선드두연미유실않중때불양식남람발각너식바돌많눈집속른금작손못본운산통영려형복직반명단결르당래후합월번파치용네든건업표학길분력처강입교록감목달특살열찾느왔겠든네죠죽봐갔좋잘왜"
)
FREQUENT = (
    SIMPLIFIED
    | TRADITIONAL
    | JAPANESE
    | KOREAN
    | {chr(c) for c in range(0x20, 0x7F)}
    | set("\n\r\t")
    | {c for a in (RUSSIAN, UKRAINIAN, GREEK, HEBREW, ARABIC, THAI) for c in a.letters + a.letters.upper()}
)
ASIAN: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("gb18030", "Chinese in simplified characters", SIMPLIFIED),
    ("big5hkscs", "Chinese in traditional characters", TRADITIONAL),
    ("cp932", "Japanese", JAPANESE),
    ("euc_jp", "Japanese", JAPANESE),
    ("cp949", "Korean", KOREAN),
    ("gb18030", "Chinese in traditional characters", TRADITIONAL),
)
WIDENED = {  # what people declare, and the larger set they mean (as browsers do)
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
MISFITS = (  # what no one writes: each is one sign of a wrong reading
    r"(?<=[^\W\d_])[^\w\s\x21-\x7e’‘´–—‐·…“”«»\xad](?=[^\W\d_])"  # a sign between two letters
    r"|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞĀ-ŽΑ-ΩА-Я](?<![āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĳĵķĺļľŀłńņňŉŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž])"  # liKe
    r"|(?<=[а-яё])[А-ЯЁ]|(?<=[α-ω])[Α-Ω]"
    r"|[à-öø-ÿ](?=[A-Z])|[\u0370-\u0fff](?=[A-Za-z])|(?<=[A-Za-z])[\u0370-\u0fff]"  # two scripts in one word
    r"|[A-Z][À-ÖØ-ÞĀ-Ž](?<![āăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżž])(?=[a-z])"  # LIke
    r"|[À-ÖØ-Þ](?=[A-Z][a-z])"
    r"|(?<![^\W\d_])[^\W\d_\x00-\x7fàéèêîôóáöåœőàéèÀÈÉÊÓÔÖÅ\u0370-\uffff](?![^\W\d_'’.])"  # a letter alone
)
FRAMES = re.compile(rb"(?:\xc4{8,}|\xcd{8,}|[\xb0-\xb2]{8,}|\xdb{8,}|\xdc{8,}|\xdf{8,})")  # lines and shades of code page 437
SIDES = b"\xb3\xba"
DRAWN = re.compile(rb"[\xb0-\xdf\xfe]")  # in a line with such a run: the rest of its frame
LONG_LINE = 2000  # bytes taken of one line, from its first byte beyond ASCII
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


@cache
def _misfits() -> re.Pattern[str]:
    return re.compile(MISFITS)


def python_name(declared: str) -> str:
    """Python's name of the encoding a header declares, widened to what is meant by it; "" for none or nonsense."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    name = WIDENED.get(name, name)
    return codecs.lookup(name).name.replace("-", "_") if name.startswith("iso") else name


def likeness(text: str) -> float:
    """Share of characters that are frequent in some language: Latin, Cyrillic, Greek ..., frequent CJK, spaces."""
    seen = Counter(text[:SAMPLE])
    return sum(n for c, n in seen.items() if c in FREQUENT) / max(1, seen.total())


def most_plausible(data: bytes, declared: str = "") -> Verdict:
    """The most plausible old encoding of bytes that are not UTF-8. `declared` is a name made by `python_name`."""
    if FRAMES.search(data):
        return _of_dos(data)
    sample = _sample(data)
    scores: list[tuple[float, int, str, str]] = []
    for encoding, language, frequent in ASIAN:
        if (score := _asian(sample, encoding, frequent)) >= ASIAN_FLOOR:
            scores.append((score + HINT * (encoding == declared), -len(scores), encoding, language))
    for encoding, alphabets in SINGLE:
        score, language = _single(sample, encoding, alphabets)
        score += HINT * (encoding == declared) - RARE * (encoding in SELDOM)
        scores.append((score, -len(scores), encoding, language))
    score, _, encoding, language = max(scores)
    if score < GUESS:
        guess = _ask_library(data)
        if guess:
            return Verdict(guess, 0.3, "no known language's letters; charset-normalizer's guess")
        return Verdict(declared or "cp1252", 0.2, "no encoding makes a known language of it")
    text = sample.decode(encoding, "replace")
    rivals = (s for s, _, e, _ in scores if s > score - CLEAR and sample.decode(e, "replace") != text)
    lead = score - max(rivals, default=score - CLEAR)
    confidence = 0.6 + 0.38 * lead / CLEAR
    hint = " as declared" if encoding == declared else ""
    return Verdict(encoding, round(confidence, 2), f"not UTF-8; its letters beyond ASCII read as {language}{hint}")


def _of_dos(data: bytes) -> Verdict:
    """The code page of a text with frames as DOS drew them: no language has one letter eight times in a row."""
    lines = data.translate(None, SIDES).split(b"\n")
    sample = _sample(b"\n".join(DRAWN.sub(b"", line) if FRAMES.search(line) else line for line in lines))
    why = "frames as DOS drew them"
    if not sample:
        return Verdict("cp437", LIKELY, why)
    scores = [(*_single(sample, encoding, alphabets), encoding) for encoding, alphabets in SINGLE if encoding in DOS]
    score, language, encoding = max(scores, key=lambda found: found[0])
    return Verdict(encoding, LIKELY if score > GUESS else GUESS, f"{why}; letters beyond ASCII read as {language}")


def _sample(data: bytes) -> bytes:
    lines: list[bytes] = []
    for line in data.split(b"\n"):
        if line.isascii():
            continue
        first = BEYOND_ASCII.search(line) if len(line) > LONG_LINE else None
        lines.append(line[max(0, first.start() - 1) :][:LONG_LINE] if first else line)
    step = sum(map(len, lines)) // SAMPLE + 1
    return b"\n".join(lines[::step])[: 2 * SAMPLE]


def _asian(sample: bytes, encoding: str, frequent: frozenset[str]) -> float:
    text = sample.decode(encoding, "replace")
    seen = Counter(c for c in text if c > "\x7f")
    total = seen.total()
    if not total:
        return 0.0
    good = sum(n for c, n in seen.items() if c in frequent)
    bad = seen["\ufffd"] + sum(n for c, n in seen.items() if "\ue000" <= c <= "\uf8ff" or "\uff61" <= c <= "\uff9f")
    return min(1.0, 1.6 * good / total) - 4 * bad / total


def _single(sample: bytes, encoding: str, alphabets: tuple[Alphabet, ...]) -> tuple[float, str]:
    text = sample.decode(encoding, "replace")
    seen = Counter(c for c in text if c > "\x7f")
    total = seen.total()
    misfits = sum(1 for _ in _misfits().finditer(text))
    best = (-9.0, "")
    for alphabet in alphabets:
        own = frozenset(alphabet.letters + alphabet.letters.upper())
        score = MISFIT * misfits
        letters = common = 0
        for c, n in seen.items():
            if c in own:
                score += n
                letters += n
                common += n * (c.lower() in alphabet.common)
            elif c in PUNCTUATION:
                score += n
            elif c == "\ufffd" or c < "\xa0":
                score += UNDEFINED * n
            else:
                score += (FOREIGN_LETTER if c.isalpha() else SIGN) * n
        if alphabet.common and letters:
            capitals = sum(n for c, n in seen.items() if c.isupper()) / letters
            score -= letters * (max(0.0, COMMON - common / letters) + max(0.0, capitals - CAPITALS))
        best = max(best, (min(score / total, ALPHABET_TOP), alphabet.language))
    return best


def _ask_library(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    return best.encoding if best else ""
