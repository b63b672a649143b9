"""What is true of a language: its names, script, direction, quotation marks and sentence ends.

Names, scripts and validity come from CLDR by way of langcodes; the rest stands in tables below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from translate.errors import SettingError

RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language as its BCP 47 tag names it.

    ``tag`` is normalised ("de", "pt-BR", "zh-Hant"), ``code`` the primary subtag, ``name`` in English, ``own_name`` in itself, ``script`` ISO 15924.
    """

    tag: str
    code: str
    name: str
    own_name: str
    script: str
    direction: str


@cache
def find(tag: str) -> Language:
    """The language that ``tag`` names.

    Raises ``SettingError`` where the tag is malformed or names no language that CLDR knows.
    """
    import langcodes

    try:
        language = langcodes.get(tag.strip())
        known = language.is_valid() and language.language is not None
    except langcodes.tag_parser.LanguageTagError:
        known = False
    if not known:
        raise SettingError(f"'{tag}' is not a language we know: give a BCP 47 tag such as de, es, pt-BR or zh-Hant.")
    script = language.maximize().script or "Latn"
    return Language(
        tag=language.to_tag(),
        code=str(language.language),
        name=language.display_name("en"),
        own_name=language.autonym(),
        script=script,
        direction="rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr",
    )


def code(tag: str) -> str:
    """The primary subtag of ``tag`` ("pt" of "pt-BR"), without asking whether the language is known."""
    return tag.replace("_", "-").split("-")[0].lower()


def exists(tag: str) -> bool:
    """Whether ``find`` knows the language."""
    try:
        find(tag)
    except SettingError:
        return False
    return True


# --- scripts -------------------------------------------------------------------------------------------------------

SCRIPT_LETTERS: dict[str, re.Pattern[str]] = {
    "Latn": re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\ufb00-\ufb06]"),
    "Grek": re.compile(r"[\u0370-\u0373\u0376-\u037d\u0386-\u03ff\u1f00-\u1fff]"),
    "Cyrl": re.compile(r"[\u0400-\u052f\u1c80-\u1c88\ua640-\ua69f]"),
    "Armn": re.compile(r"[\u0531-\u0587]"),
    "Hebr": re.compile(r"[\u05d0-\u05f2]"),
    "Arab": re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]"),
    "Deva": re.compile(r"[\u0904-\u0939\u0958-\u0961]"),
    "Beng": re.compile(r"[\u0985-\u09b9]"),
    "Taml": re.compile(r"[\u0b85-\u0bb9]"),
    "Telu": re.compile(r"[\u0c05-\u0c39]"),
    "Thai": re.compile(r"[\u0e01-\u0e2e]"),
    "Geor": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "Hang": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "Kana": re.compile(r"[\u3041-\u3096\u30a1-\u30fa]"),
    "Hani": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\U00020000-\U0002ffff]"),
}
"""The letters of a script, as far as we tell scripts apart."""

SCRIPT_PARTS: dict[str, tuple[str, ...]] = {
    "Jpan": ("Kana", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
"""Scripts that are written with the letters of others."""

ONLY_SIMPLIFIED = frozenset("这们国来时说个为会对过学发还没经长开关问题书车见话语华东马头让认识师边进远运动种样专业务机电视听")
ONLY_TRADITIONAL = frozenset("這們國來時說個為會對過學發還沒經長開關問題書車見話語華東馬頭讓認識師邊進遠運動種樣專業務機電視聽")
"""Frequent characters that only one of the two ways of writing Chinese has."""


def letters(script: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for the letters that ``script`` (ISO 15924) is written with; empty where we do not tell it apart."""
    return tuple(SCRIPT_LETTERS[part] for part in SCRIPT_PARTS.get(script, (script,)) if part in SCRIPT_LETTERS)


# --- words ---------------------------------------------------------------------------------------------------------

COMPOUNDING = frozenset(["de", "lb", "nl", "af", "fy", "sv", "da", "no", "nb", "nn", "is", "fo", "fi", "et", "hu"])
"""Languages that write compounds as one word, so that a term may stand inside a longer word."""

SUFFIXING = frozenset(
    ["ru", "uk", "be", "bg", "mk", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "fi", "et", "hu", "tr", "az", "kk", "lt", "lv", "el", "la", "ro", "ka", "hy", "eu"]
)
"""Languages whose endings are many and long: a form is also known by its stem."""

SEPARABLE: dict[str, tuple[str, ...]] = {
    "de": (
        "ab",
        "an",
        "auf",
        "aus",
        "auseinander",
        "bei",
        "dar",
        "durch",
        "ein",
        "entgegen",
        "fest",
        "fort",
        "her",
        "heran",
        "heraus",
        "herbei",
        "herunter",
        "hervor",
        "hin",
        "hinaus",
        "hinzu",
        "los",
        "mit",
        "nach",
        "nieder",
        "über",
        "um",
        "unter",
        "vor",
        "voran",
        "voraus",
        "vorbei",
        "weg",
        "weiter",
        "wieder",
        "zu",
        "zurück",
        "zusammen",
    ),
    "nl": (
        "aan",
        "achter",
        "af",
        "bij",
        "binnen",
        "door",
        "in",
        "mee",
        "na",
        "neer",
        "om",
        "onder",
        "op",
        "over",
        "samen",
        "tegen",
        "terug",
        "toe",
        "uit",
        "vast",
        "voor",
        "voort",
        "weg",
    ),
}
"""First parts of verbs that may stand apart from the verb ("stellt … her")."""

UNSPACED = frozenset(["zh", "ja", "th", "lo", "km", "my", "bo", "yue", "wuu"])
"""Languages that put no space between words."""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the of and to is that it for was with as his he be by are this have not but at from they which or were their an had been has will would there you we if can your when more than its these who what she them into some other do does should must may how about",
        "de": "der die das und ist nicht ein eine einen einem einer den dem des zu von mit sich auf für es im als auch dass werden wird wurde aus bei nach wie oder aber sie er wir ich kann hat haben sind zum zur noch nur über durch diese dieser dieses um wenn sein war am an vom man muss müssen können sollte",
        "fr": "le la les des et est une du que qui dans pour pas sur au aux ce cette ces avec par plus il elle ils elles nous vous je ne se sont être ou mais été leur leurs ont son ses sa comme fait peut doit si tout même sans où afin deux était avoir d l qu n c",
        "es": "el los las que y en un una por con para del se es no su sus al lo como más pero fue era este esta ha han son está sin sobre ser también entre cuando hay muy todo desde donde nos porque puede cada",
        "it": "il lo gli di che è e un una per con non del della dei delle nel nella si sono come anche più alla al dal ha questo questa da ma essere suo sua loro quando dove era stato può ogni",
        "pt": "os um uma que e do da dos das em no na nos nas para com não por mais como mas foi ao ele ela seu sua ou ser quando muito há está também pelo pela até isso são você à",
        "nl": "de het een en van ik te dat die in is niet op aan met als voor zijn was er maar om hem ook bij zich naar dan door wordt worden heeft kan uit nog wel geen deze moet hun",
        "sv": "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när ska eller också efter vid nu hade där blev under",
        "da": "og at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når skal eller også efter ved nu havde hvor blev under være",
        "nb": "og at det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når skal eller også etter ved nå hadde hvor ble under være",
        "fi": "ja on ei että se oli hän mutta joka ovat kun niin myös tai kuin jos ole voi sen hänen tämä mitä vain sitä nyt ollut olla kanssa jonka sekä eikä olen olet voi ovat jo jos mukaan siitä tämän niiden ennen jälkeen olla olisi mikä kaikki siis",
        "pl": "i w nie na się z do to że jest o jak ale po co za od przez dla tym są był było który która które przy jego może tylko lub oraz być czy już te",
        "cs": "a se v na je že to s z do o i ale jako za by po pro jsou byl tak které který není od jeho při být nebo také když už jen která",
        "sk": "a sa v na je že to s z do o aj ale ako za by po pre sú bol tak ktoré ktorý nie od jeho pri byť alebo tiež keď už len ktorá",
        "hu": "a az és hogy nem egy is ez volt de meg csak azt van mint már ha még vagy el kell ki lehet minden nagyon mert ezt",
        "ro": "și de în a la cu pe nu este că un o din pentru care mai se ce au sunt dar fi fost această ca prin lui sau să după",
        "tr": "ve bir bu için de da ile çok olarak daha ne gibi kadar sonra olan var en ama değil o ki her veya ise olduğu",
        "hr": "i u je se na da su za od s a koji kao što bi iz nije ili o po ali bio koja koje sam može biti do te",
        "ca": "el els les que i en un una per amb del dels és no al a la com més però va aquesta aquest són o ha seva també seu entre quan",
        "id": "yang dan di dengan untuk dari ini pada itu dalam tidak adalah akan ke juga oleh sebagai atau karena ada mereka dapat lebih telah bisa",
        "vi": "và của là có trong cho một không được với những các đã người này khi để cũng như từ đến nhiều về tại ra",
        "la": "et in est non ad ut cum quod qui sed quae ex si per ab esse sunt quam etiam enim autem hoc eius atque nec",
        "ru": "и в не на что с он как а то по это но из у за к от так для же все его бы или было был она мы они если только при этом может",
        "uk": "і в не на що з він як а то по це але із у за до від так для же все його би або було був вона ми вони якщо тільки при та й",
        "bg": "и в не на че с той като а то по това но от за към така се да са е бе или беше тя ние те ако само при може",
        "el": "και το η ο να του της με που για τα την των είναι δεν σε από τον θα ένα στο μια οι στην αλλά τους ως αυτό",
        "ar": "في من على إلى أن هذا هذه التي الذي كان عن مع ما لا هو هي أو كما بعد قد",
        "he": "של את על לא זה הוא עם היא או אם כי גם יש אל כל מה היה",
        "hi": "के का की में है और को से पर यह एक नहीं हैं कि भी लिए ने हो था",
    }.items()
}
"""Frequent words of the closed classes; the pair's shared ones are left out where two languages are told apart."""


# --- sentences -----------------------------------------------------------------------------------------------------

NO_SENTENCE_ENDS = frozenset(["th", "lo", "km", "my", "bo"])
"""Languages whose sentences end without a mark."""

CLOSERS = "\"'”’»«›‹“„)]}）」』】*_"
ENDERS = ".!?…:;。！？：；؟۔।॥։።‽․"

ABBREVIATIONS: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "": "dr prof st no nr vol vs etc cf ca op cit ed eds fig figs hrsg ibid sic approx dept univ inc ltd corp co",
        "en": "mr mrs ms jr sr e.g i.e eg ie p pp jan feb mar apr jun jul aug sep sept oct nov dec rev hon gen col capt lt sgt resp al ch sec esp trans viz",
        "de": "bzw z.b d.h u.a usw o.ä vgl s bd bde jh jhd jhs abs art hr fr frl str evtl ggf inkl sog bspw allg urspr geb gest zit zzgl mio mrd tel ff jan feb apr aug sept okt nov dez abb kap anm f v.a u.u i.d.r s.o s.u m.e",
        "fr": "m mm mme mlle mgr p.ex ex c.-à-d chap art p pp env av apr janv févr juil sept oct nov déc ex éd trad cf",
        "es": "sr sra srta dn d p.ej ej pág págs cap art ud uds ee.uu a.c d.c núm aprox",
        "it": "sig sigg sig.ra dott pag pagg cap ecc es p.es art",
        "pt": "sr sra exmo pág págs cap ex p.ex aprox etc",
        "nl": "bijv bv d.w.z enz m.b.t o.a dhr mevr blz nl resp",
        "pl": "np tzn tj m.in prof dr ul nr str itd itp r w",
        "ru": "т.е т.д т.п др гг г в вв стр см им ул проф акад напр тыс млн млрд",
        "sv": "t.ex bl.a dvs osv m.m s.k kl",
        "da": "f.eks bl.a dvs osv m.m s.k kl",
        "nb": "f.eks bl.a dvs osv m.m s.k kl",
    }.items()
}
"""Words that a full stop may follow inside a sentence, without it; the empty tag holds those of every language."""

_WIDE_END = re.compile(r"[。！？।॥؟۔][" + re.escape(CLOSERS) + r"]*\s*")
_END = re.compile(r"([\w.\-]*)([.!?…]+)([" + re.escape(CLOSERS) + r"]*)(\s+)(?=([\"'“„«»‹›‘(\[¿¡\-–—]*\s?)(\S))")


def sentences(text: str, *tags: str) -> tuple[str, ...]:
    """The sentences of ``text``, as far as their end marks tell; joined with nothing between them they are ``text`` again.

    A full stop ends no sentence after an abbreviation of the languages ``tags``, an initial or a number, nor before a small letter.
    ``\\ufffc`` stands for an atom and may begin a sentence.
    """
    known = ABBREVIATIONS[""].union(*(ABBREVIATIONS.get(code(tag), frozenset()) for tag in tags))
    cuts = {match.end() for match in _WIDE_END.finditer(text)}
    cuts |= {match.end(4) for match in _END.finditer(text) if _ends(match, known)}
    places = [0, *sorted(cut for cut in cuts if 0 < cut < len(text)), len(text)]
    return tuple(text[start:end] for start, end in pairwise(places) if start < end)


def _ends(match: re.Match[str], known: frozenset[str]) -> bool:
    """Whether the mark found by ``_END`` ends a sentence."""
    word, mark, _, _, _, after = match.groups()
    if not (after.isupper() or after.istitle() or after.isdigit() or after == "\ufffc" or (after.isalpha() and not after.islower())):
        return False
    if mark != ".":
        return True
    last = word.rsplit(".", 1)[-1].rsplit("-", 1)[-1]
    return not (word.lower() in known or last.lower() in known or (len(last) == 1 and last.isalpha()) or (last.isdigit() and len(last) < 3))


# --- length --------------------------------------------------------------------------------------------------------

EXPANSION: dict[str, float] = {
    "en": 1.0, "de": 1.17, "fr": 1.19, "es": 1.15, "it": 1.15, "pt": 1.12, "ca": 1.13, "gl": 1.12, "ro": 1.13, "nl": 1.13, "af": 1.08,
    "sv": 1.05, "da": 1.06, "nb": 1.05, "no": 1.05, "nn": 1.05, "is": 1.06, "fi": 1.08, "et": 1.02, "hu": 1.08, "pl": 1.09, "cs": 1.0,
    "sk": 1.02, "sl": 1.02, "hr": 1.02, "sr": 1.02, "bg": 1.06, "ru": 1.07, "uk": 1.04, "el": 1.16, "tr": 1.04, "lt": 1.03, "lv": 1.04,
    "la": 0.98, "eo": 1.0, "id": 1.11, "ms": 1.1, "vi": 0.95, "ar": 0.84, "fa": 0.9, "he": 0.76, "hi": 0.95, "th": 0.9, "ko": 0.5,
    "ja": 0.47, "zh": 0.32,
}  # fmt: skip
"""Visible characters of a translation from English, per character of the English; about, from parallel texts at large."""


def expansion(source: str, target: str) -> float:
    """How many characters a translation has for one of its source, as a first guess before a work has taught us better."""
    return EXPANSION.get(code(target), 1.05) / EXPANSION.get(code(source), 1.05)


# --- numbers -------------------------------------------------------------------------------------------------------


def _numbered(words: str, start: int = 0) -> dict[str, int]:
    """Words with the numbers they count up to; ``/`` stands between words of one number."""
    return {word: number for number, group in enumerate(words.split(), start) for word in group.split("/")}


def _tens(words: str) -> dict[str, int]:
    """Words for twenty, thirty … ninety, hundred, thousand."""
    values = (20, 30, 40, 50, 60, 70, 80, 90, 100, 1000)
    return {word: value for value, group in zip(values, words.split(), strict=False) for word in group.split("/")}


NUMBER_WORDS: dict[str, dict[str, int]] = {
    "en": _numbered(
        "zero one/once two/twice three/thrice four five six seven eight nine ten eleven twelve/dozen thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    | _tens("twenty thirty forty fifty sixty seventy eighty ninety hundred thousand")
    | _numbered(
        "first second third/thirds fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    )
    | {"both": 2, "half": 2, "couple": 2, "pair": 2, "double": 2, "quarter": 4},
    "de": _numbered(
        "null eins/ein/eine/einen/einem/einer/eines/einmal zwei/zweimal/beide/beiden/beider drei/dreimal vier fünf sechs sieben acht neun zehn elf zwölf/dutzend dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
    )
    | _tens("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert/einhundert tausend/eintausend")
    | {
        stem + end: number
        for stem, number in _numbered(
            "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst",
            1,
        ).items()
        for end in ("e", "en", "er", "es", "em", "ens", "el", "eln")
    }
    | {"halb": 2, "halbe": 2, "hälfte": 2, "doppelt": 2, "paar": 2, "viertel": 4},
    "fr": _numbered(
        "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze/douzaine treize quatorze quinze/quinzaine seize dix-sept dix-huit dix-neuf"
    )
    | _tens("vingt/vingtaine trente/trentaine quarante cinquante soixante soixante-dix quatre-vingts/quatre-vingt quatre-vingt-dix cent/cents mille")
    | _numbered(
        "premier/première/premiers/premières deuxième/second/seconde troisième/tiers quatrième/quart cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième",
        1,
    )
    | {
        "vingtième": 20,
        "demi": 2,
        "demie": 2,
        "moitié": 2,
        "double": 2,
        "dizaine": 10,
        "cinquantaine": 50,
        "quarantaine": 40,
        "soixantaine": 60,
        "centaine": 100,
        "centaines": 100,
        "millier": 1000,
        "milliers": 1000,
    },
    "es": _numbered(
        "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce/docena trece catorce quince dieciséis diecisiete dieciocho diecinueve"
    )
    | _tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien/ciento mil")
    | _numbered(
        "primero/primera/primer/primeros/primeras segundo/segunda tercero/tercera/tercer/tercio cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima",
        1,
    )
    | {"medio": 2, "media": 2, "mitad": 2, "doble": 2, "ambos": 2, "ambas": 2},
    "it": _numbered(
        "zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici/dozzina tredici quattordici quindici sedici diciassette diciotto diciannove"
    )
    | _tens("venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille/mila")
    | _numbered("primo/prima secondo/seconda terzo/terza quarto/quarta quinto/quinta sesto/sesta settimo/settima ottavo/ottava nono/nona decimo/decima", 1),
    "pt": _numbered(
        "zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze/dúzia treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove"
    )
    | _tens("vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa cem/cento mil")
    | _numbered(
        "primeiro/primeira segundo/segunda terceiro/terceira quarto/quarta quinto/quinta sexto/sexta sétimo/sétima oitavo/oitava nono/nona décimo/décima", 1
    ),
    "nl": _numbered(
        "nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf/dozijn dertien veertien vijftien zestien zeventien achttien negentien"
    )
    | _tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend")
    | _numbered("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde", 1),
    "ru": _numbered(
        "ноль один/одна/одно/одного/одной два/две/двух три/трёх/трех четыре/четырёх пять/пяти шесть/шести семь/семи восемь/восьми девять/девяти десять/десяти одиннадцать двенадцать"
    )
    | _tens("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто тысяча/тысячи/тысяч"),
}
"""Numbers as words, as far as checks need them: up to nineteen, the tens, the first ordinals."""

SCALES: dict[str, int] = {
    "hundred": 100, "hundert": 100, "cent": 100, "cents": 100,
    "thousand": 1000, "thousands": 1000, "tausend": 1000, "mille": 1000, "mil": 1000, "duizend": 1000, "mila": 1000, "tysiąc": 1000, "tysięcy": 1000, "тыс": 1000, "тысяч": 1000,
    "million": 10**6, "millions": 10**6, "millionen": 10**6, "mio": 10**6, "millón": 10**6, "millones": 10**6, "milione": 10**6, "milioni": 10**6, "milhão": 10**6, "milhões": 10**6, "miljoen": 10**6, "млн": 10**6, "миллионов": 10**6,
    "billion": 10**9, "billions": 10**9, "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "milliard": 10**9, "milliards": 10**9, "miliardo": 10**9, "miliardi": 10**9, "bilhão": 10**9, "bilhões": 10**9, "miljard": 10**9, "млрд": 10**9,
    "万": 10**4, "億": 10**8, "亿": 10**8, "만": 10**4, "억": 10**8,
}  # fmt: skip
"""Words that multiply the number before them."""


# --- lemmas --------------------------------------------------------------------------------------------------------

_DICTIONARIES = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs", "sh": "hbs"}


@cache
def _dictionary(tag: str) -> str:
    """simplemma's name for the language, or "" where it has no dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    name = _DICTIONARIES.get(code(tag), code(tag))
    return name if name in SUPPORTED_LANGUAGES else ""


def has_lemmas(tag: str) -> bool:
    """Whether there is a dictionary of word forms for the language."""
    return bool(_dictionary(tag))


@lru_cache(maxsize=1 << 16)
def lemma(token: str, tag: str) -> str:
    """The dictionary form of ``token``, in small letters; the token itself where the language has no dictionary.

    simplemma's frugal dictionaries: 10 to 15 MB and 0.1 to 0.4 s for the first word of a language, 0.1 ms for each new word after it.
    """
    name = _dictionary(tag)
    if not name or not token:
        return token.casefold()
    from simplemma import lemmatize

    return lemmatize(token, name, greedy=True, low_memory=True).casefold()


@lru_cache(maxsize=1 << 15)
def is_known(token: str, tag: str) -> bool:
    """Whether the dictionary of the language holds this word form; False where it has none."""
    name = _dictionary(tag)
    if not name or not token:
        return False
    from simplemma import is_known as in_dictionary

    return in_dictionary(token, name, low_memory=True)


MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "de": ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
    "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "pt": ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    "nl": ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
}
"""How the names of the months begin."""
