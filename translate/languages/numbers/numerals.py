"""The words for numbers, language by language, as data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a language writes numbers in words.

    ``words`` are cardinals, ``ordinals`` end a number ("third", "eighties"), ``vague`` may tell a number but are not exact or mean other things as well.
    ``unsure`` are words, as spelt, that are more often something else. ``joiners`` stand between parts ("and"), ``no_number`` stands before words that are none ("pour cent"), ``no_number_after`` after ordinals that are none ("third party").
    ``compounds`` are the parts of numbers in one word, ``parts`` what those are worth that are no words of their own; ``endings`` is a pattern of what may follow, ``exact`` the endings that leave the number exact.
    ``units_first`` says that units stand before tens, ``twenties`` that eighty is four twenties; ``before_the_hour`` are the words, each with its blank, that make "six" half past five. ``weeks`` are numbers of days by which weeks are meant ("huit jours").
    """

    words: dict[str, int]
    ordinals: dict[str, int] = field(default_factory=dict)
    vague: dict[str, int] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    no_number: tuple[str, ...] = ()
    no_number_after: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    parts: dict[str, int] = field(default_factory=dict)
    endings: str = ""
    exact: frozenset[str] = frozenset({""})
    units_first: bool = False
    twenties: bool = False
    before_the_hour: tuple[str, ...] = ()
    weeks: frozenset[str] = frozenset()


def _from(start: int, words: str, step: int = 1) -> dict[str, int]:
    """Words that count upwards; ``/`` stands between forms of one number."""
    return {word: start + step * place for place, group in enumerate(words.split()) for word in group.split("/")}


def _with(stems: dict[str, int], endings: str) -> dict[str, int]:
    """Every stem with every ending."""
    return {stem + end: value for stem, value in stems.items() for end in endings.split("/")}


_EN_TENS = "twent thirt fort fift sixt sevent eight ninet"
_ENGLISH = Numerals(
    words=_from(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
    | {stem + "y": value for stem, value in _from(20, _EN_TENS, 10).items()}
    | {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12},
    ordinals=_from(
        1,
        "first second third/thirds fourth/fourths fifth/fifths sixth/sixths seventh eighth/eighths ninth tenth/tenths eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
    )
    | {stem + "ieth": value for stem, value in _from(20, _EN_TENS, 10).items()}
    | {stem + "ies": value for stem, value in _from(20, _EN_TENS, 10).items()}
    | {"hundredth": 100, "thousandth": 1000},
    vague={
        "once": 1, "twice": 2, "thrice": 3, "half": 30, "quarter": 4, "quarters": 4, "fortnight": 14, "decade": 10, "decades": 10, "century": 100, "centuries": 100,
        "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "tens": 10, "triple": 3, "trio": 3, "triangle": 3, "quadruple": 4,
        "fourfold": 4, "threefold": 3, "tenfold": 10, "percent": 100, "weekly": 7, "week": 7, "weeks": 7, "noon": 12, "midday": 12, "midnight": 12, "sixpence": 6,
        "threepence": 3, "foursome": 4, "tertiary": 3, "quarto": 4, "octavo": 8, "teens": 10,
    },
    unsure=frozenset({"dozen"}),
    joiners=frozenset({"and"}),
    no_number_after=(" part",),
)  # fmt: skip

_DE_UNITS = _from(2, "zwei/zwo drei vier fünf sechs sieben acht neun")
_DE_TEENS = _from(10, "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_DE_TENS = _from(20, "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 10)
_DE_ORDINALS = _from(
    1, "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt"
)
_GERMAN = Numerals(
    words={"null": 0, "eins": 1, "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1}
    | _DE_UNITS | _DE_TEENS | _DE_TENS
    | {"zweier": 2, "dreier": 3, "dutzend": 12, "hundert": 100, "tausend": 1000, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9, "billion": 10**12, "billionen": 10**12},
    ordinals=_with(_DE_ORDINALS, "e/en/er/es/em/ens") | _with(_DE_TENS, "er/ern"),
    vague={
        "viertel": 4, "drittel": 3, "fünftel": 5, "zehntel": 10, "dutzende": 12, "dutzenden": 12, "hunderte": 100, "hunderten": 100, "hunderter": 100, "tausende": 1000, "tausenden": 1000,
        "halb": 30, "jahrzehnt": 10, "jahrzehnte": 10, "jahrzehnten": 10, "jahrhundert": 100, "jahrhunderts": 100, "jahrhunderte": 100, "dreieck": 3, "mittag": 12, "mitternacht": 12, "woche": 7, "wochen": 7,
        "dreifach": 3, "vierfach": 4, "quartal": 3, "dreiviertel": 3, "zig": 10, "quadrat": 4,
    },
    unsure=frozenset({"Acht", "achte", "achten", "achter", "achtes", "achtem", "achtens", "Sieben", "Elf", "siebte", "siebten", "Neun"}),
    joiners=frozenset({"und"}),
    compounds=("und", "ein", "eins", *_DE_UNITS, *_DE_TEENS, *_DE_TENS, "hundert", "tausend", "sech", "sieb"),
    parts={"sech": 6, "sieb": 7},
    endings=r"|e[nrsm]?|ens|s?te[nrsm]?|s?tens|ern?|mal|mal\w+|fach\w*|teil\w+|jähr\w+|stünd\w+|köpf\w+|täg\w+|monat\w*|wöch\w+|stell\w+|seit\w+|erlei|s?tels?|eck\w*|eckig\w*|jahr\w*|punkt\w*|stöck\w+|zeil\w+|silb\w+|bänd\w+|bein\w*|einhalb\w*",
    exact=frozenset({"", "te", "ten", "ter", "tes", "tem", "ste", "sten", "ster", "stes", "stem", "e", "en", "mal"}),
    units_first=True,
    before_the_hour=("halb ",),
    weeks=frozenset({"acht tage", "acht tagen", "vierzehn tage", "vierzehn tagen"}),
)  # fmt: skip

_FR_UNITS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FRENCH = Numerals(
    words={"zéro": 0, "une": 1} | _from(1, _FR_UNITS) | _from(20, "vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante", 10)
    | {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12},
    ordinals={"premier": 1, "première": 1, "unième": 1}
    | _with(_from(2, "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième"), "/s")
    | _with(_from(20, "vingtième trentième quarantième cinquantième soixantième", 10), "/s") | {"centième": 100, "millième": 1000},
    vague={
        "douzaine": 12, "douzaines": 12, "dizaine": 10, "dizaines": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
        "centaine": 100, "centaines": 100, "millier": 1000, "milliers": 1000, "tiers": 3, "quart": 4, "quarts": 4, "demi": 30, "demie": 30, "décennie": 10, "décennies": 10, "siècle": 100, "siècles": 100,
        "triple": 3, "trimestre": 3, "semaine": 7, "semaines": 7, "midi": 12, "minuit": 12, "second": 2, "seconde": 2, "triangle": 3, "quadruple": 4,
    },
    unsure=frozenset({"neuf", "Neuf", "Six"}),
    weeks=frozenset({"huit jours", "quinze jours"}),
    twenties=True,
    joiners=frozenset({"et"}),
    no_number=("pour ",),
)  # fmt: skip

_SPANISH = Numerals(
    words={"cero": 0, "una": 1, "un": 1}
    | _from(1, "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis/dieciseis diecisiete dieciocho diecinueve veinte")
    | _from(21, "veintiuno/veintiún/veintiuna veintidós/veintidos veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete veintiocho veintinueve")
    | _from(30, "treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10)
    | _from(100, "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas", 100)
    | {"mil": 1000, "millón": 10**6, "millones": 10**6, "billón": 10**12, "billones": 10**12},
    ordinals=_with(_from(1, "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim"), "o/a/os/as") | {"primer": 1, "tercer": 3},
    vague={
        "docena": 12, "docenas": 12, "decena": 10, "decenas": 10, "veintena": 20, "centenar": 100, "centenares": 100, "millar": 1000, "millares": 1000, "cientos": 100, "miles": 1000, "media": 30, "medio": 30, "tercio": 3, "tercios": 3,
        "cuarto": 4, "cuartos": 4, "cuarta": 4, "quinta": 5, "década": 10, "décadas": 10, "decenio": 10, "siglo": 100, "siglos": 100, "quincena": 15, "triple": 3, "trimestre": 3, "semana": 7, "semanas": 7,
        "mediodía": 12, "medianoche": 12, "triángulo": 3,
    },
    unsure=frozenset({"cuarto", "cuartos", "cuarta", "quinta", "Once", "terceros", "terceras", "segundos"}),
    weeks=frozenset({"ocho días", "quince días"}),
    joiners=frozenset({"y"}),
    no_number=("por ",),
)  # fmt: skip

_IT_UNITS = _from(1, "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove")
_IT_TENS = _from(20, "venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 10)
_IT_CUT = {word[:-1]: value for word, value in _IT_TENS.items()}
_ITALIAN = Numerals(
    words={"zero": 0, "un": 1, "una": 1} | _IT_UNITS | _IT_TENS | {"cento": 100, "mille": 1000, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9},
    ordinals=_with(_from(1, "prim second terz quart quint sest settim ottav non decim undicesim dodicesim"), "o/a/i/e"),
    vague={
        "dozzina": 12, "dozzine": 12, "decina": 10, "decine": 10, "ventina": 20, "trentina": 30, "centinaio": 100, "centinaia": 100, "migliaio": 1000, "migliaia": 1000, "mezza": 30, "mezzo": 30,
        "decennio": 10, "decenni": 10, "secolo": 100, "secoli": 100, "triplo": 3, "trimestre": 3, "settimana": 7, "settimane": 7, "mezzogiorno": 12, "mezzanotte": 12, "triangolo": 3,
    },
    unsure=frozenset({"sei", "Sei", "mille", "Mille", "quinte", "QUINTE", "none", "nona", "noni", "quarti", "quarto"}),
    weeks=frozenset({"otto giorni", "quindici giorni"}),
    compounds=(*_IT_UNITS, *_IT_TENS, *_IT_CUT, "tré", "un", "cento", "cent", "mille", "mila"),
    parts={"tré": 3, "cent": 100, "mila": 1000, **_IT_CUT},
    endings="|esim[oaie]|tre?esim[oaie]",
    exact=frozenset({"", "esimo", "esima", "esimi", "esime"}),
    no_number=("per ",),
)  # fmt: skip

_PORTUGUESE = Numerals(
    words={"zero": 0, "um": 1, "uma": 1, "duas": 2}
    | _from(2, "dois três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vinte")
    | _from(30, "trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa", 10)
    | _from(100, "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas", 100)
    | {"mil": 1000, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9},
    ordinals=_with(_from(1, "primeir segund terceir quart quint sext sétim oitav non décim"), "o/a/os/as"),
    vague={
        "dúzia": 12, "dúzias": 12, "dezena": 10, "dezenas": 10, "centena": 100, "centenas": 100, "milhares": 1000, "milhar": 1000, "meia": 30, "meio": 30, "terço": 3, "terços": 3, "terça": 3,
        "década": 10, "décadas": 10, "século": 100, "séculos": 100, "quinzena": 15, "triplo": 3, "trimestre": 3, "semana": 7, "semanas": 7, "triângulo": 3,
    },
    unsure=frozenset({"quarta", "quinta", "sexta", "quarto", "quartos", "segunda"}),
    weeks=frozenset({"oito dias", "quinze dias"}),
    joiners=frozenset({"e"}),
    no_number=("por ",),
)  # fmt: skip

_NL_UNITS = _from(2, "twee drie vier vijf zes zeven acht negen")
_NL_TEENS = _from(10, "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")
_NL_TENS = _from(20, "twintig dertig veertig vijftig zestig zeventig tachtig negentig", 10)
_DUTCH = Numerals(
    words={"nul": 0, "een": 1, "één": 1} | _NL_UNITS | _NL_TEENS | _NL_TENS | {"dozijn": 12, "honderd": 100, "duizend": 1000, "miljoen": 10**6, "miljard": 10**9},
    ordinals=_from(1, "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde") | _with(_NL_TENS, "er"),
    vague={
        "honderden": 100, "duizenden": 1000, "miljoenen": 10**6, "tientallen": 10, "tiental": 10, "dozijnen": 12, "half": 30, "kwart": 4, "decennium": 10, "decennia": 10, "eeuw": 100, "eeuwen": 100,
        "week": 7, "weken": 7, "middernacht": 12, "driehoek": 3,
    },
    unsure=frozenset({"acht", "Acht"}),
    joiners=frozenset({"en"}),
    compounds=("en", "ën", "een", "één", *_NL_UNITS, *_NL_TEENS, *_NL_TENS, "honderd", "duizend"),
    parts={},
    endings="|s?te|de|maal|voudig\\w*|jarig\\w*|delig\\w*|tal|er",
    exact=frozenset({"", "ste", "de", "maal"}),
    units_first=True,
    before_the_hour=("half ",),
)  # fmt: skip

_RUSSIAN = Numerals(
    words=_from(
        1,
        "один/одна/одно/одного/одной/одному/одним два/две/двух/двум/двумя три/трёх/трех/трём/трем/тремя четыре/четырёх/четырех/четырём/четырем/четырьмя пять/пяти/пятью шесть/шести/шестью семь/семи/семью восемь/восьми/восемью девять/девяти/девятью десять/десяти/десятью",
    )
    | _with(_from(11, "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"), "ь/и/ью")
    | _from(30, "тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста", 10)
    | _from(100, "сто/ста двести/двухсот триста/трёхсот/трехсот четыреста/четырёхсот пятьсот/пятисот шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот", 100)
    | {"тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тысячу": 1000, "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6, "миллиард": 10**9, "миллиарда": 10**9, "миллиардов": 10**9},
    vague=_with(_from(3, "трет четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат"), "ый/ая/ое/ого/ому/ым/ом/ой/ую/ые/ых/ыми")
    | _with({"трет": 3}, "ий/ья/ье/ьего/ьему/ьим/ьем/ьей/ью/ьи/ьих") | _from(2, "двое трое/троих четверо/четверых пятеро/пятерых")
    | {"десятки": 10, "десятков": 10, "десяток": 10, "сотни": 100, "сотен": 100, "дюжина": 12, "дюжины": 12, "век": 100, "века": 100, "десятилетие": 10, "десятилетия": 10, "половина": 30, "неделя": 7, "недели": 7, "полдень": 12, "полночь": 12},
    before_the_hour=("половине ", "половины ", "половину ", "половина "),
    unsure=frozenset({"семью", "сорока"}),
)  # fmt: skip

_POLISH = Numerals(
    words={"zero": 0, "jeden": 1, "jedna": 1, "jedno": 1, "jednego": 1, "jednej": 1, "jednym": 1, "jedną": 1}
    | _from(2, "dwa/dwie/dwóch/dwu/dwóm/dwoma/dwaj trzy/trzech/trzem/trzema/trzej cztery/czterech/czterem/czterema/czterej pięć/pięciu/pięcioma sześć/sześciu/sześcioma siedem/siedmiu/siedmioma osiem/ośmiu/ośmioma dziewięć/dziewięciu/dziewięcioma dziesięć/dziesięciu/dziesięcioma")
    | _from(11, "jedenaście/jedenastu dwanaście/dwunastu trzynaście/trzynastu czternaście/czternastu piętnaście/piętnastu szesnaście/szesnastu siedemnaście/siedemnastu osiemnaście/osiemnastu dziewiętnaście/dziewiętnastu dwadzieścia/dwudziestu")
    | _from(30, "trzydzieści/trzydziestu czterdzieści/czterdziestu pięćdziesiąt/pięćdziesięciu sześćdziesiąt/sześćdziesięciu siedemdziesiąt/siedemdziesięciu osiemdziesiąt/osiemdziesięciu dziewięćdziesiąt/dziewięćdziesięciu", 10)
    | _from(100, "sto/stu dwieście/dwustu trzysta/trzystu czterysta/czterystu pięćset/pięciuset sześćset/sześciuset siedemset/siedmiuset osiemset/ośmiuset dziewięćset/dziewięciuset", 100)
    | {"tysiąc": 1000, "tysiąca": 1000, "tysiące": 1000, "tysięcy": 1000, "milion": 10**6, "miliona": 10**6, "miliony": 10**6, "milionów": 10**6, "miliard": 10**9, "miliarda": 10**9, "miliardy": 10**9, "miliardów": 10**9},
    before_the_hour=("wpół do ", "pół do "),
    vague=_with(_from(3, "trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast dwudziest"), "y/a/e/i/ia/ie/iego/iej/im/ią/ego/ej/ym/ą/ych/ymi")
    | _from(2, "dwoje/dwojga troje/trojga czworo/czworga pięcioro/pięciorga sześcioro siedmioro ośmioro dziewięcioro dziesięcioro")
    | {"pół": 30, "połowa": 30, "połowę": 30, "połowy": 30, "tuzin": 12, "tuziny": 12, "dziesiątki": 10, "setki": 100, "setek": 100, "wiek": 100, "wieku": 100, "wieki": 100, "dekada": 10, "dekady": 10, "tydzień": 7, "tygodnie": 7, "tygodni": 7, "tygodnia": 7,
       "południe": 12, "północ": 12, "kwadrans": 15, "ćwierć": 4, "trójkąt": 3, "potrójny": 3, "poczwórny": 4},
)  # fmt: skip

NUMERALS: dict[str, Numerals] = {
    "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "it": _ITALIAN, "pt": _PORTUGUESE, "nl": _DUTCH, "pl": _POLISH, "ru": _RUSSIAN,
}  # fmt: skip
"""What we know of number words, by the language's code."""
