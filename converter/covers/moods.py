"""Which words of a story's metadata set which mood, and what suits the mood. Data, not code."""

from __future__ import annotations

from typing import Literal, NamedTuple

Terrain = Literal["hills", "peaks", "waves", "pines", "roofs", "dunes"]


class Mood(NamedTuple):
    """`words` are whole words or phrases in lower case; one that ends in `*` stands for all words that begin so."""

    words: tuple[str, ...]
    palettes: tuple[str, ...]
    layouts: tuple[str, ...]
    terrain: Terrain


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ",").split(",") if word.strip())


MOODS: dict[str, Mood] = {
    "space": Mood(
        _words("""
            science fiction, science-fiction, sci-fi, scifi, sf, space*, starship*, alien*, galax*, planet*, robot*,
            android*, star wars, star trek, mass effect, litrpg, time travel, moon*, stars, raumschiff*, espace,
            futur*, comet*, satellit*, orbit*, mars, космо*, звезд*, звёзд*, фантастика
        """),
        ("orbit", "ember", "midnight", "signal"), ("sky", "discs", "ridge", "horizon"), "peaks",
    ),
    "city": Mood(
        _words("""
            cyberpunk, urban*, modern au, city, cities, neon, punk, hacker*, street*, heist*, gang*, detroit,
            college au, coffee shop*, university, office*, stadt, ville, город*
        """),
        ("signal", "ember", "noir", "harbour", "parade"), ("grid", "discs", "horizon", "ridge"), "roofs",
    ),
    "horror": Mood(
        _words("""
            horror, gore, ghost*, haunt*, vampire*, zombie*, werewol*, demon*, gothic, dark, death*, dead, blood*,
            grimdark, occult, curse*, cannibal*, monster*, skull*, bone*, grave*, grusel*, horreur, terror, ужас*
        """),
        ("blood", "bone", "noir", "oxblood"), ("ridge", "plain", "horizon", "deco"), "pines",
    ),
    "mystery": Mood(
        _words("""
            mystery, myster*, crime, criminal*, detective*, thriller*, suspense, murder*, noir, spy, spies,
            espionage, case fic*, investigat*, police, sherlock*, krimi*, policier*, secret*, детектив*
        """),
        ("noir", "oxblood", "rain", "verdigris", "bone"), ("bands", "ridge", "deco", "discs"), "roofs",
    ),
    "magic": Mood(
        _words("""
            fantasy, magic*, wizard*, witch*, sorcer*, dragon*, fae, fair*, elf, elves, myth*, legend*, quest*,
            sword*, isekai, progression, cultivation, xianxia, wuxia, harry potter, tolkien, merlin, fantastique,
            zauber*, märchen*, lantern*, spell*, enchant*, arthur*, маги*, сказк*
        """),
        ("midnight", "plum", "court", "forest", "lilac"), ("frame", "sky", "vine", "deco", "label"), "peaks",
    ),
    "sea": Mood(
        _words("""
            sea, seas, ocean*, pirate*, sail*, ship*, mermaid*, island*, beach*, tide*, harbour*, harbor*,
            lighthouse*, whale*, salt, fish*, meer*, mer, mar, море, river*, lake*, boat*
        """),
        ("sea", "harbour", "verdigris", "regency"), ("horizon", "label", "bands", "ridge"), "waves",
    ),
    "nature": Mood(
        _words("""
            nature, forest*, wood*, garden*, pastoral, country*, farm*, animal*, wolf*, tree*, leaf, leaves, green,
            wild*, hunt*, camp*, druid*, botan*, wald, forêt, лес*, summer*, spring, field*, orchard*, moss*, reed*
        """),
        ("forest", "moss", "verdigris", "yule"), ("vine", "label", "horizon", "frame"), "pines",
    ),
    "love": Mood(
        _words("""
            explicit, romance, romantic, love*, lovers, kiss*, wedding*, marriage, courtship, slow burn, dating,
            soulmate*, liebe*, amour*, amor*, heart*, passion*, rose*, flower*, regency romance, m/m, f/f, f/m,
            роман, любов*
        """),
        ("rose", "peony", "peach", "court", "regency"), ("vine", "label", "discs", "frame"), "hills",
    ),
    "comfort": Mood(
        _words("""
            general audiences, fluff, comfort, domestic*, family, found family, slice of life, cozy, cosy, home,
            hearth*, kitchen*, bak*, tea, coffee*, friendship*, kid fic, kidfic, bread, warm*, haus, maison, дом
        """),
        ("hearth", "peach", "noon", "moss", "regency"), ("label", "bands", "horizon", "plain"), "hills",
    ),
    "grief": Mood(
        _words("""
            angst, hurt*, tragedy, tragic, grief, loss, sad*, drama, rain*, winter of, depress*, trauma, war's end,
            farewell, memory, memories, silence, trauer*, tristesse, autumn*, memoir*, literary, essay*, грусть
        """),
        ("rain", "dusk", "bone", "oxblood"), ("plain", "horizon", "ridge", "discs"), "hills",
    ),
    "joy": Mood(
        _words("""
            humor, humour, comedy, crack, parody, satire, adventure*, children*, young adult, ya, school*, fun,
            funny, sun*, holiday*, circus*, summer vacation, abenteuer*, aventure*, humour noir, юмор, приключ*
        """),
        ("noon", "parade", "peach", "lilac"), ("grid", "bands", "discs", "horizon"), "hills",
    ),
    "dust": Mood(
        _words("""
            western*, war, wars, military, soldier*, battle*, army, desert*, dust*, sand*, cowboy*, frontier, post-
            apocaly*, apocaly*, dystopia*, survival, krieg*, guerre, война, войны, empire*, rebel*, revolution*
        """),
        ("desert", "khaki", "gaslight", "blood"), ("horizon", "bands", "plain", "ridge"), "dunes",
    ),
    "past": Mood(
        _words("""
            histor*, regency, victorian*, medieval, ancient, roman empire, austen, austen*, jane austen, royal*,
            king*, queen*, prince*, court*, crown*, knight*, tudor*, renaissance, biograph*, classic*, geschicht*,
            histoire*, poetry, poems
        """),
        ("court", "regency", "oxblood", "gaslight", "midnight"), ("frame", "deco", "label", "vine"), "hills",
    ),
    "gears": Mood(
        _words("""
            steampunk, gaslamp*, clockwork*, gear*, airship*, machine*, invent*, train*, railway*, engine*, factory,
            iron, brass, 1920s, jazz, art deco, alchem*
        """),
        ("gaslight", "verdigris", "noir", "desert"), ("deco", "grid", "frame", "discs"), "roofs",
    ),
    "snow": Mood(
        _words("""
            snow*, winter*, ice, frost*, christmas*, yule*, north, arctic, cold, advent*, weihnacht*, noël, schnee*,
            зим*, снег*
        """),
        ("snow", "yule", "harbour", "dusk"), ("horizon", "label", "frame", "sky"), "pines",
    ),
}  # fmt: skip

PLAIN = Mood(
    (),
    ("midnight", "sea", "forest", "oxblood", "court", "harbour", "hearth", "dusk", "verdigris", "noon", "plum", "noir"),
    ("frame", "label", "plain", "bands", "vine", "grid", "discs", "ridge", "deco", "horizon"),
    "hills",
)
"""When no word sets a mood."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "classic": ("frame", "label", "deco", "vine"),
    "modern": ("grid", "discs", "bands", "plain"),
    "large-print": ("poster", "slab"),
    "literary": ("plain", "label", "bands", "vine"),
    "manuscript": ("draft",),
    "pictorial": ("horizon", "sky", "ridge", "discs"),
    "romance": ("vine", "label", "frame", "discs"),
    "serial": ("horizon", "ridge", "grid", "sky", "bands"),
}
"""Family -> the layouts in it."""
