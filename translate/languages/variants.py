"""Words that one language spells in two ways: German before and after 1996, with and without ß; English in Britain and America."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_REFORMED = (
    "daß=dass muß=muss mußt=musst mußte=musste mußten=mussten müßte=müsste müßten=müssten müßt=müsst läßt=lässt laß=lass wußte=wusste wußten=wussten gewußt=gewusst wüßte=wüsste "
    "bewußt=bewusst bewußte=bewusste bewußten=bewussten unbewußt=unbewusst selbstbewußt=selbstbewusst bewußtsein=bewusstsein klassenbewußtsein=klassenbewusstsein gewiß=gewiss "
    "fluß=fluss einfluß=einfluss überfluß=überfluss schluß=schluss abschluß=abschluss anschluß=anschluss beschluß=beschluss entschluß=entschluss ausschluß=ausschluss "
    "schuß=schuss ausschuß=ausschuss überschuß=überschuss zuschuß=zuschuss prozeß=prozess produktionsprozeß=produktionsprozess arbeitsprozeß=arbeitsprozess kongreß=kongress "
    "haß=hass kuß=kuss nuß=nuss faß=fass paß=pass riß=riss genuß=genuss verdruß=verdruss anlaß=anlass erlaß=erlass nachlaß=nachlass exzeß=exzess kompromiß=kompromiss "
    "verläßt=verlässt vergißt=vergisst vergeßlich=vergesslich häßlich=hässlich gräßlich=grässlich mißt=misst ißt=isst frißt=frisst faßt=fasst gefaßt=gefasst verfaßt=verfasst paßt=passt "
    "angepaßt=angepasst gepreßt=gepresst preßt=presst mißbrauch=missbrauch mißtrauen=misstrauen mißverständnis=missverständnis mißlingen=misslingen"
)
_SHARP = (
    "strasse=straße strassen=straßen gross=groß grosse=große grossen=großen grosser=großer grosses=großes grossem=großem grösse=größe grössen=größen grösser=größer grössere=größere "
    "grösseren=größeren grösste=größte grössten=größten heisst=heißt heissen=heißen heiss=heiß heisse=heiße hiess=hieß hiessen=hießen ausser=außer ausserdem=außerdem ausserhalb=außerhalb "
    "aussen=außen äussern=äußern äusserung=äußerung äusserst=äußerst fuss=fuß füsse=füße weiss=weiß weisse=weiße weissen=weißen schliesslich=schließlich schliessen=schließen "
    "einschliesslich=einschließlich ausschliesslich=ausschließlich gemäss=gemäß regelmässig=regelmäßig mässig=mäßig spass=spaß süss=süß süsse=süße dreissig=dreißig gruss=gruß grüsse=grüße "
    "grüssen=grüßen stoss=stoß stossen=stoßen fliessen=fließen fliesst=fließt beissen=beißen giessen=gießen bloss=bloß fleiss=fleiß fleissig=fleißig schiessen=schießen schoss=schoß "
    "liess=ließ liessen=ließen verliess=verließ sass=saß sassen=saßen ass=aß vergass=vergaß mass=maß massnahme=maßnahme massnahmen=maßnahmen massstab=maßstab reissen=reißen schweiss=schweiß"
)
_AMBIGUOUS = frozenset(["mass", "schoss", "ass"])
"""Words that are right without ß too, in another sense."""

_BRITISH = (
    "colour=color labour=labor favour=favor honour=honor neighbour=neighbor behaviour=behavior flavour=flavor harbour=harbor rumour=rumor armour=armor endeavour=endeavor parlour=parlor "
    "odour=odor tumour=tumor splendour=splendor candour=candor clamour=clamor fervour=fervor saviour=savior centre=center theatre=theater fibre=fiber lustre=luster sombre=somber spectre=specter "
    "defence=defense offence=offense pretence=pretense catalogue=catalog traveller=traveler travelling=traveling travelled=traveled cancelled=canceled cancelling=canceling labelled=labeled "
    "labelling=labeling modelling=modeling modelled=modeled quarrelled=quarreled quarrelling=quarreling counsellor=counselor jewellery=jewelry grey=gray plough=plow aluminium=aluminum "
    "manoeuvre=maneuver skilful=skillful fulfilment=fulfillment instalment=installment mould=mold moustache=mustache sceptic=skeptic analyse=analyze analysing=analyzing paralyse=paralyze "
    "paralysing=paralyzing catalyse=catalyze"
)
_ISED = (
    "organ real recogn critic emphas character summar industrial capital national social special general final modern minim maxim author apolog civil colon mobil stabil util visual central categor "
    "memor neutral normal optim standard symbol sympath urban global commod proletarian privat formal local human legal equal familiar hypothes theor rational revolution romantic monopol dramat "
    "econom harmon ideal patron polar popular scrutin synchron terror victim reorgan disorgan demoral moral real­"
).replace("\u00ad", "")
_WORD = re.compile(r"[^\W\d_]+")
_ISE = re.compile(rf"(?:{'|'.join(sorted(set(_ISED.split()), key=len, reverse=True))})(is|iz)(?=e|es|ed|er|ers|ing|ation|ations|ational)(?:e|es|ed|er|ers|ing|ation|ations|ational)", re.IGNORECASE)


def other_spellings(text: str, ways: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """The words of ``text`` that are spelt otherwise than the ``ways`` want, each with its place and how it should be.

    Ways: "ß" (the German of today), "ss" (as in Switzerland), "old" (before 1996); "british", "american", "-ise", "-ize".
    Blind to words that are not in our lists (for "ss" none is needed), and in English to words with a capital, which may be names.
    """
    english = ways & {"british", "american", "-ise", "-ize"}
    for match in _WORD.finditer(text):
        word = match.group()
        better = _english(word, ways) if english and word.islower() else _german(word, ways) if not english else ""
        if better and better != word:
            yield match.start(), word, better


def _german(word: str, ways: frozenset[str]) -> str:
    if "ss" in ways:
        return word.replace("ß", "ss")
    small = word.casefold() if "ß" not in word else word.lower()
    table = _pairs(_REFORMED, back="old" in ways) | _pairs(_SHARP, back=False)
    found = table.get(small, "") if small not in _AMBIGUOUS else ""
    return found.capitalize() if word[0].isupper() else found


def _english(word: str, ways: frozenset[str]) -> str:
    table = _pairs(_BRITISH, back="american" not in ways) if ways & {"british", "american"} else {}
    found = next((new + word[len(old) :] for old, new in table.items() if word.startswith(old)), "")
    ise = _ISE.fullmatch(word)
    want = "iz" if "-ize" in ways else "is" if "-ise" in ways else ""
    if ise and want and ise.group(1) != want:
        return word[: ise.start(1)] + want + word[ise.end(1) :]
    return found


@cache
def _pairs(table: str, *, back: bool) -> dict[str, str]:
    rows = [(old, new) for old, _, new in (row.partition("=") for row in table.split())]
    return {new: old for old, new in rows} if back else dict(rows)
