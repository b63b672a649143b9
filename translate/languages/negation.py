"""How languages say no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from translate.languages.codes import code


@dataclass(frozen=True, slots=True)
class Denial:
    """How a text says no: ``strong`` negations, and ``soft`` words and phrases that another language may say with or without a negation ("without", "unless", "not only")."""

    strong: int
    soft: int


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of a language: ``free`` phrases hold a negation that denies nothing ("not only"), ``strong`` words deny, ``concord`` words deny, but say nothing new beside a strong one ("no … nadie"), ``more`` words deny too but go together with a strong one, ``soft`` words may answer a denial."""

    free: str
    strong: str
    soft: str
    more: str = ""
    concord: str = ""


_TABLE: dict[str, _Words] = {
    "en": _Words(
        free=r"(?:do not|don['’]t) (?:forget|hesitate)|not (?:only|just|merely|simply|least|to mention|so much|until|till|uncommon|unlike\w*)|no (?:doubt|matter|sooner|more than|less than|fewer than|one else|earlier|later|wonder|further|other|different)|whether or (?=not)|nothing (?:but|else|other|more)|none other|why not|if not|isn['’]t it|don['’]t you|won['’]t you|No\.(?=\s?\d)|last but not least|not \w+ but|by no means|never mind|no problem|no (?:charge|cost)|(?:do not|don['’]t) (?:panic|worry)|not the same|not without|not but|cannot but|can(?:not|['’]t) (?:miss|help|wait|go wrong)|could(?: not|n['’]t) (?:agree|care|help|have been) (?:more|less|better)?|(?:not|\w+not|\w+n['’]t)(?: \w+){0,5} more than",
        strong=r"not|\w+n['’]t|cannot|no|never|nobody|none|nothing|nowhere|neither",
        more=r"nor|no one",
        soft=r"without|unless|until|till|hardly|scarcely|barely|rarely|seldom|few|fewer|little|less|lack\w*|fail\w*|refus\w*|reject\w*|den(?:y|ies|ied|ying)|prohibit\w*|forbid\w*|forbad\w*|discourag\w*|prevent\w*|avoid\w*|neglect\w*|omit\w*|skip\w*|miss(?:es|ed|ing)?|absen\w*|ceas\w*|stop\w*|lost|leave\w*|left|off|forg[eo]t\w*|despite|wrong\w*|bad\w*|poor\w*|far from|anything but|rather|instead|otherwise|except\w*|too|any|nor|yet|un(?!ti|de|it|iv|io|if|iq|ic)\w{3,}|dis(?!tr|k|c|p|t)\w{4,}|non|non-\w+|im(?:possib|proper|perfect|prob)\w*|in(?:active|capab|correct|valid|complete|appropriate|access|visib|definite\w*|finite|sufficient|consisten|compatib|adequa|abil)\w*|ir(?:regular|relevan)\w*|illegal\w*|\w{3,}less\w*|outdated|prior|deprecat\w*|exclud\w*|unable|silently|contrary|difficult\w*|hard|eliminat\w*|only|hid(?:e|es|den|ing)|more (?:[\w,]+ ){1,10}than",
    ),
    "de": _Words(
        free=r"verg(?:essen|iss|esst) (?:sie )?(?:\w+ )?nicht|falls nicht|wenn nicht|nicht (?:nur|bloß|allein|zuletzt|minder|weniger|umsonst|ungewöhnlich|selten|wahr|zu)|nichts (?:als|anderes|ander\w*|weiter)|ob (?:\w+ ){0,3}oder nicht|oder nicht|wenn nicht|kein(?:e[nrsm]?)? (?:ander\w*|zweifel|problem|wunder|weiter\w*)|keineswegs|(?:insbesondere|besonders|vor allem) dann nicht",
        strong=r"nicht|nichts|(?<!oder )kein(?:e[nmrs]?)?|keinerlei|keinesfalls|nie|niemals|niemand|niemanden|niemandem|niemands|nirgends|nirgendwo|weder|nein",
        more=r"oder kein(?:e[nmrs]?)?",
        soft=r"ohne|erst|sonst|ansonsten|andernfalls|außer|ausgenommen|kaum|selten\w*|wenig\w*|statt|anstatt|anstelle|verzicht\w*|unterlass\w*|vermei\w*|verhinder\w*|vermied\w*|fehlt|fehlte|fehlen|fehlend\w*|fehlschl\w*|fehlgeschl\w*|mangel\w*|verweiger\w*|weiger\w*|abgelehnt\w*|ablehn\w*|vergess\w*|vergiss\w*|ausschließen|ausschließt|ausgeschlossen\w*|verbot\w*|verbiet\w*|scheiter\w*|verlor\w*|verlier\w*|falsch\w*|schlecht\w*|un(?!d|ter|ser|sre|iv|ion|it|ix)\w{4,}|in(?:kompatib|aktiv|existen|korrekt|akzeptab)\w*|(?!(?:belang|kosten|mühe|reibungs|lücken|tadel|zweifel|zahl)los)\w{3,}los(?:e[nrsm]?)?|\w{3,}frei(?:e[nrsm]?)?|nicht-\w+|schwierig\w*|ausgeblendet\w*|ausblend\w*|versteck\w*|verborgen\w*",
    ),
    "fr": _Words(
        free=r"n['’]oublie[zs]? pas|n['’]hésite[zs]? pas|non (?!mais)\w+|si jamais|non (?:seulement|plus)|pas (?:seulement|uniquement|mal|encore tou\w+)|n['’]est-ce pas|pourquoi pas|ou (?:non|pas)|rien (?:que|d['’]autre)|si ce n['’]est|sinon|(?:ne|n['’])\s?(?:(?!(?:pas|jamais|rien|aucune?|personne)\b)\w+['’]?\s?){1,6}\bque|peu importe|aucun (?:doute|problème|autre)|ne serait-ce|plus (?:\w+ ){0,8}ne|moins (?:que|de) \w+ (?:ne|n['’])|avant qu['’e]\w* (?:ne|n['’])|n['’]importe|tant qu(?:e |['’])(?:[\w ]{1,40} )?(?:ne |n['’])\w+ pas",
        strong=r"personne (?:ne |n['’])(?:\w+['’]?\s?){1,4}?(?:jamais|rien)|pas|aucun|aucune|jamais|rien|nul|nulle|nullement|guère|(?:ne|n['’])\s?(?:\w+['’]?\s){0,3}?\w*\s?plus|non|personne ne|ne (?:\w+ ){1,3}personne",
        more=r"ni|point|personne|ne|n",
        soft=r"sans|sauf|hormis|excepté|à moins|évit\w*|empêch\w*|refus\w*|manqu\w*|(?<!par )défaut|absen\w*|faute|échou\w*|échec\w*|interdi\w*|exclu\w*|omet\w*|omis\w*|ignor\w*|néglig\w*|abst\w*|proscri\w*|oubli\w*|perd\w*|cess\w*|im(?:possib|parfait|prob)\w*|in(?:correct|valid|complet|util|accessib|actif|active|connu|disponib|suffisan|compatib|capa|adapt|approprié|visib|changé)\w*|il(?:légal|lisib)\w*|irré\w*|mal|mauvai\w*|plutôt|au lieu|autrement|seul\w*|peu|rare\w*|trop|dé(?:courag|conseill|sactiv|fend)\w*|difficil\w*|difficult\w*|jusqu\w*|non-\w+|uniquement|exclusivement|laissée?s?|masqu\w*|cach(?:e[rsz]?|ée?s?)",
    ),
    "es": _Words(
        free=r"no (?:se )?(?:te )?(?:olvid|dud)\w+|no (?:sólo|solo|solamente|obstante|necesariamente|siempre|todos|todas|todo|cada|es así)|nada (?:más|menos) que|(?:o|u) no|por qué no|si no|sino|sin duda|no hay duda|nada de|ni que decir|no hay problema|no (?:importa|más)",
        strong=r"no",
        concord=r"nunca|jamás|nadie|ningún|ninguno|ninguna|tampoco",
        more=r"ni|nada",
        soft=r"sin|salvo|excepto|a menos|evit\w*|impid\w*|imped\w*|rechaz\w*|neg(?:ar|ó|aron|ad)\w*|nieg\w*|falt\w*|carec\w*|falla\w*|fall\w*|prohib\w*|exclu\w*|omit\w*|ignor\w*|im(?:posib|prob|pract)\w*|in(?:correct|válid|complet|necesari|accesib|activ|suficient|compatib|capa|út|adecu|apropi|visib|existen|deseab)\w*|desconocid\w*|ilegal\w*|lugar de|vez de|contrario|apenas|poc\w*|demasiad\w*|hasta|mal|mala|malo|difícil\w*|olvid\w*|p[eé]rd\w*|pierd\w*|dej\w*|ausen\w*|nada|sino",
    ),
    "it": _Words(
        free=r"non (?:dimentica\w*|esita\w*)|non (?:solo|soltanto|solamente|sempre|necessariamente|tutti|tutte|tutto|ogni|a caso|appena)|nient['’]altro|(?:o|oppure) no|perché no|se non|niente (?:meno|male)|senza dubbio|non c['’]è dubbio|finché non|a meno che non",
        strong=r"non|no|né",
        more=r"niente|nulla|mai|nessun|nessuno|nessuna|nessun['’]\w*|neanche|nemmeno|neppure",
        soft=r"senza|tranne|eccetto|salvo|evit\w*|imped\w*|rifiut\w*|neg(?:a|ò|ar|at)\w*|manc\w*|fall\w*|proibi\w*|viet\w*|esclu\w*|omett\w*|omess\w*|ignor\w*|im(?:possib|prob)\w*|in(?:util|esist|accessib|attiv|complet|corrett|sufficien|compatib|capac|stabil|visib|dispon)\w*|illegal\w*|s(?:conosciut|consigli)\w*|invece|piuttosto|altriment\w*|appena|poc\w*|rar\w*|troppo|fino|finché|mal\w*|difficil\w*|dimentic\w*|perd\w*|smett\w*|assen\w*|alcun\w*|priv\w*",
    ),
    "pt": _Words(
        free=r"não (?:se )?(?:esque[çc]\w*|hesit\w*)|não (?:só|somente|apenas|necessariamente|sempre|todos|todas|todo|cada)|nada (?:mais|menos)|ou não|por que não|se não|senão|sem dúvida|não há dúvida|a não ser",
        strong=r"não",
        concord=r"nunca|jamais|ninguém|nenhum|nenhuma|tampouco",
        more=r"nem|nada",
        soft=r"sem|salvo|exceto|excepto|evit\w*|imped\w*|impe[çd]\w*|recus\w*|neg(?:a|ou|ar|ad)\w*|falt\w*|falh\w*|carec\w*|proib\w*|exclu\w*|omit\w*|ignor\w*|im(?:possív|prov)\w*|in(?:corret|válid|complet|acessív|ativ|suficient|compatív|capa|út|adequ|apropri|visív|existen)\w*|des(?:necess|conhec|aconselh)\w*|ilega\w*|lugar de|vez de|invés|contrário|pouc\w*|rar\w*|até|mal|má|mau|difícil|difíceis|esque\w*|perd\w*|deix\w*|ausên\w*|vazi\w*|demais",
    ),
    "nl": _Words(
        free=r"vergeet (?:\w+ )?niet|aarzel niet|niet (?:alleen|slechts|enkel|per se|noodzakelijk|altijd|alle|elk\w*|iedere?en)|niets (?:anders|dan|meer)|of niet|waarom niet|als niet|geen (?:twijfel|ander\w*|probleem)",
        strong=r"niet|niets|geen|nooit|niemand|nergens|noch|nee|neen",
        soft=r"zonder|tenzij|behalve|vermij\w*|vermed\w*|voorkom\w*|verhinder\w*|ontbre\w*|gebrek\w*|weiger\w*|nauwelijks|zelden|zeld\w*|weinig\w*|in plaats|anders|pas|totdat|verget\w*|uitgeslot\w*|uitsluit\w*|verbod\w*|verbied\w*|negeer\w*|negeren\w*|mislukt\w*|mislukk\w*|verlor\w*|fout\w*|slecht\w*|on(?!der|s|g[ae]veer|line|middel)\w{4,}|\w{3,}loos|\w{3,}loze|niet-\w+|moeilijk\w*",
    ),
    "pl": _Words(
        free=r"nie (?:tylko|zapomnij|zapomnijcie|wahaj|ma za co|mniej|więcej|inaczej|zawsze|wszyscy|wszystko|każdy|do końca)|czy nie|dlaczego nie|czemu nie|o ile nie|dopóki nie|póki nie|zanim nie|bynajmniej|nic innego|jeśli nie|jeżeli nie|lub nie|albo nie|niemniej",
        strong=r"nie|nie(?:ma|można|wolno|sposób)",
        concord=r"nigdy|nikt|nikogo|nikomu|nikim|nic|niczego|niczemu|niczym|nigdzie|żaden|żadna|żadne|żadnego|żadnej|żadnych|żadnym|żadną",
        more=r"ani",
        soft=r"bez|oprócz|poza|wyjątkiem|unik\w*|odm[aóo]w\w*|odrzuc\w*|zaprzecz\w*|brak\w*|zakaz\w*|zabr[ao]n\w*|zapomn\w*|zapomin\w*|zamiast|inaczej|ledwie|ledwo|rzadk\w*|mało|niewiel\w*|niez\w{3,}|niem\w{3,}|niep\w{3,}|niew\w{3,}|nies\w{3,}|nieo\w{3,}|nied\w{3,}|nier\w{3,}|niek\w{3,}|nieu\w{3,}|nieb\w{3,}|niec\w{3,}|trudn\w*|dopiero|dopóki|póki|zanim|strac\w*|utrac\w*|pozbawi\w*|zaniedb\w*|pomij\w*|pomin\w*|źle|zł\w{1,3}|błędn\w*|przesta\w*",
    ),
    "ru": _Words(
        free=r"не (?:забы\w*|забуд\w*)|не (?:только|просто|обязательно|всегда|все|каждый|так уж|менее|более|меньше|больше|столько)|ничего (?:кроме|другого)|или нет|почему не|если не|пока не|тем не менее|не раз|не прочь|не что иное|ни в коем",
        strong=r"не|нет|нельзя|невозможно",
        more=r"ни|никто|никого|никому|никем|ничего|ничто|ничем|никогда|нигде|никак|никакой|никакая|никакое|никакие|никаких|никакого|никакой|ничей",
        soft=r"без|кроме|исключ\w*|не(?!обход|котор|сколь|давн|мног|смотр|больш|плох|обыч|посред)\w{3,}|бес\w{4,}|без\w{4,}|избе\w*|предотвра\w*|отказ\w*|отсутств\w*|недостат\w*|запре\w*|пропус\w*|игнорир\w*|вместо|иначе|лишь|едва|редк\w*|мало|слишком|прежде|трудно|плох\w*|забы\w*|потер\w*|лишен\w*|лишён\w*|либо",
    ),
}


@cache
def _patterns(tag: str) -> tuple[re.Pattern[str], ...]:
    """Free phrases, strong words, words that go with them, soft words, words that deny alone but not twice."""
    table = _TABLE[tag]
    return tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE) for words in (table.free, table.strong, table.more, table.soft, table.concord))


def denies(tag: str) -> bool:
    """Whether we know how the language says no."""
    return code(tag) in _TABLE


def may_deny(text: str, tag: str) -> bool:
    """Whether a strong negation of the language stands in ``text``."""
    _, strong, _, _, concord = _patterns(code(tag))
    return strong.search(text) is not None or concord.search(text) is not None


def denied(text: str, tag: str) -> tuple[int, int] | None:
    """Where the first strong negation stands in ``text``; None where there is none, or we do not know how the language says no."""
    found = [match for place in (1, 4) if (match := _patterns(code(tag))[place].search(text))] if denies(tag) else []
    return min(match.span() for match in found) if found else None


def denial(text: str, tag: str) -> Denial:
    """How often ``text`` says no in a language for which ``denies`` holds. Words that go with a negation ("no … nada", "ne … pas") count once."""
    free, strong, more, soft, concord = _patterns(code(tag))
    freed = len(free.findall(text))
    rest = free.sub(" ", text) if freed else text
    hard = len(strong.findall(rest)) or len(concord.findall(rest))
    lone = max(0, len(more.findall(rest)) - hard)
    return Denial(hard, lone + freed + len(soft.findall(strong.sub(" ", rest) if hard else rest)))
