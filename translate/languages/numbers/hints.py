"""Words that may tell a number, the words between two of them, and the wars that have one."""

from __future__ import annotations


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

BETWEEN_NUMBERS: dict[str, str] = {
    "en": "to|and|or|until|till|through",
    "de": "bis|auf|und|oder|zu",
    "fr": "à|et|ou|jusqu['’]à",
    "es": "a|y|o|hasta",
    "it": "a|e|o|fino a",
    "pt": "a|e|ou|até",
    "nl": "tot|naar|en|of|op",
    "pl": "do|i|lub|a",
    "ru": "до|и|или|по|к",
}
"""Words between two numbers whose order means something."""

WARS: dict[str, tuple[str, str]] = {
    "en": (r"World War (?:I|One|1)\b|First World War|\bWWI\b|\bWW1\b", r"World War (?:II|Two|2)\b|Second World War|\bWWII\b|\bWW2\b"),
    "de": (r"(?:Erste[nrs]?|1\.|I\.) Weltkrieg", r"(?:Zweite[nrs]?|2\.|II\.) Weltkrieg"),
    "fr": (r"(?:Première|1re|I(?:re)?) Guerre mondiale", r"(?:Seconde|Deuxième|2e|II(?:e|de)?) Guerre mondiale"),
    "es": (r"(?:Primera|I) Guerra Mundial", r"(?:Segunda|II) Guerra Mundial"),
    "it": (r"(?:prima|I) guerra mondiale", r"(?:seconda|II) guerra mondiale"),
    "pt": (r"(?:Primeira|I) Guerra Mundial", r"(?:Segunda|II) Guerra Mundial"),
    "nl": (r"Eerste Wereldoorlog", r"Tweede Wereldoorlog"),
    "pl": (r"(?:pierwsz\w+|I) wojn\w+ światow\w+", r"(?:drug\w+|II) wojn\w+ światow\w+"),
    "ru": (r"перв\w+ миров\w+ войн\w+", r"втор\w+ миров\w+ войн\w+"),
}
"""What the two world wars are called: a number below three that everybody must have right."""
