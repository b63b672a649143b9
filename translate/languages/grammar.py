"""Words that tell what the words beside them are: articles, pronouns, titles, verbs of saying; and words too common to be anybody's terms.

Tables for the languages that works are often translated from (en, de, fr, es); for others the tables of ``words`` must do.
"""

from __future__ import annotations

from translate.languages.codes import code
from translate.languages.words import FUNCTION_WORDS


def _sets(**words: str) -> dict[str, frozenset[str]]:
    return {tag: frozenset(text.split()) for tag, text in words.items()}


DETERMINERS = _sets(
    en="the a an this that these those my your his her its our their each every some any no another such which whose",
    de="der die das den dem des ein eine einen einem einer eines kein keine keinen dieser diese dieses diesen diesem jeder jede jedes mein meine sein seine ihr ihre unser unsere jener jene solche im am zum zur vom beim",
    fr="le la les l un une des du ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs chaque tout toute quel quelle au aux",
    es="el la los las un una unos unas este esta estos estas ese esa esos esas mi mis tu tus su sus nuestro nuestra cada al del aquel aquella todo toda",
    it="il lo la i gli le un uno una questo questa questi queste quel quella mio mia suo sua nostro nostra ogni al alla del della dei delle nel nella",
    pt="o a os as um uma este esta estes estas esse essa meu minha seu sua nosso nossa cada ao do da dos das no na",
    nl="de het een deze dit die dat mijn jouw zijn haar ons onze hun elk elke geen",
)
"""Words before a noun (with or without an adjective between)."""

ARTICLES = _sets(
    en="the a an",
    de="der die das den dem des ein eine einen einem einer eines im am zum zur vom beim ins ans",
    fr="le la les l un une des du au aux",
    es="el la los las un una unos unas al del",
    it="il lo la i gli le un uno una al allo alla del dello della nel nella dal dalla sul sulla",
    pt="o a os as um uma ao à do da no na pelo pela",
    nl="de het een",
)
"""Words that follow the gender of the noun after them, so that another noun cannot simply take its place."""

VERB_SIGNS = _sets(
    en="to i you we they he she it who will would can could may might must shall should not don't doesn't didn't cannot can't won't please never always also just",
    de="ich du wir sie er es man zu wer",
    fr="je tu nous vous ils elles il elle on qui ne pour",
    es="yo tú nosotros ustedes ellos ellas él ella se que no para",
)
"""Words before a verb."""

LINKS = _sets(en="of", fr="de d du des", es="de del", it="di del della dei delle", pt="de do da dos das", nl="van", ca="de del")
"""Words that join two nouns into one term."""

HEAD_FIRST = frozenset(["fr", "es", "it", "pt", "ca", "ro", "gl"])
"""Languages whose terms have their noun first ("plus-value relative")."""

TITLES: dict[str, dict[str, str]] = {
    "en": {"mr": "masculine", "mister": "masculine", "sir": "masculine", "lord": "masculine", "king": "masculine", "uncle": "masculine", "father": "masculine", "brother": "masculine", "mrs": "feminine", "ms": "feminine", "miss": "feminine", "madam": "feminine", "madame": "feminine", "lady": "feminine", "queen": "feminine", "aunt": "feminine", "sister": "feminine", "dr": "", "prof": "", "professor": "", "captain": "", "colonel": "", "comrade": "", "doctor": "", "st": "", "saint": "", "inspector": "", "general": "", "president": ""},
    "de": {"herr": "masculine", "herrn": "masculine", "könig": "masculine", "onkel": "masculine", "bruder": "masculine", "genosse": "masculine", "frau": "feminine", "fräulein": "feminine", "königin": "feminine", "tante": "feminine", "schwester": "feminine", "genossin": "feminine", "dr": "", "prof": "", "professor": "", "doktor": "", "hauptmann": "", "sankt": ""},
    "fr": {"m": "masculine", "mm": "masculine", "monsieur": "masculine", "roi": "masculine", "oncle": "masculine", "père": "masculine", "mme": "feminine", "madame": "feminine", "mlle": "feminine", "mademoiselle": "feminine", "reine": "feminine", "tante": "feminine", "sœur": "feminine", "dr": "", "docteur": "", "professeur": "", "camarade": "", "capitaine": "", "saint": ""},
    "es": {"sr": "masculine", "señor": "masculine", "don": "masculine", "rey": "masculine", "tío": "masculine", "padre": "masculine", "hermano": "masculine", "sra": "feminine", "srta": "feminine", "señora": "feminine", "señorita": "feminine", "doña": "feminine", "reina": "feminine", "tía": "feminine", "hermana": "feminine", "dr": "masculine", "dra": "feminine", "compañero": "masculine", "compañera": "feminine", "san": "", "capitán": ""},
}
"""Titles before a person's name, with the gender that they show."""

GENDERED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "en": (frozenset(["he", "him", "his", "himself"]), frozenset(["she", "her", "hers", "herself"])),
    "de": (frozenset(["er", "ihm", "ihn"]), frozenset()),
    "fr": (frozenset(["il"]), frozenset(["elle"])),
    "es": (frozenset(["él"]), frozenset(["ella"])),
}
"""Pronouns of a man and of a woman, as far as they stand for nothing else too often."""

SAYING = _sets(
    en="said says asked asks answered replied cried whispered shouted added explained murmured told thought muttered laughed continued went",
    de="sagte sagt fragte fragt antwortete erwiderte rief flüsterte schrie ergänzte erklärte murmelte dachte meinte entgegnete lachte",
    fr="dit demanda demande répondit répond cria murmura ajouta expliqua pensa reprit fit dit-il dit-elle",
    es="dijo dice preguntó pregunta respondió contestó gritó susurró añadió explicó murmuró pensó exclamó",
)
"""Verbs that stand beside speech."""

BODIES = _sets(
    en="university college institute party union committee commission council organization organisation association society foundation ministry parliament congress court company corporation bank office department agency academy board team group project league federation assembly",
    de="universität institut partei verein verband gewerkschaft komitee kommission rat gesellschaft stiftung ministerium parlament kongress gericht firma bank amt abteilung akademie bund projekt",
    fr="université institut parti union syndicat comité commission conseil organisation association société fondation ministère parlement congrès tribunal compagnie banque bureau académie équipe projet",
    es="universidad instituto partido unión sindicato comité comisión consejo organización asociación sociedad fundación ministerio parlamento congreso tribunal compañía banco oficina academia equipo proyecto",
)
"""Nouns that name bodies of people: a name that holds one is an organisation's."""

PLACES = _sets(en="in at from near through across", de="in aus nach bei", fr="à en", es="en desde", it="a in da", nl="in uit naar te")
"""Prepositions before a place."""

TRIFLES = _sets(
    en="""appendix tonight able above across actual actually add added additional after again ago ahead allow allows almost alone along already although always among amount answer anyone anything appear appropriate around
    article ask available away back bad based basic basis become begin beginning believe best better bit body both bring brought build call called came care carry case cases cause certain certainly change changes chapter choice choose
    clear clearly close come comes coming common complete completely consider contain contains content correct correctly could couple course create created current currently day days deal decide depending describe described
    detail details did different difficult directly done due during early easily easy either else end enough entire especially etc even ever every everybody everyone everything exactly example examples except exist existing expect
    explain fact far feel few final finally find fine first five following follows form found four free full further future gave general generally get gets getting give given gives go goes going gone good got great had half hand happen happens
    hard has have having help helpful here high himself hold hope however idea important include included includes including indeed information instance instead interested issue issues itself just keep kept kind kinds knew know known large last late
    later latter lead least leave left less let letter level like likely line list little live long longer look lot lots made main mainly make makes making man many matter mean means member mention might mind minimum moment month more most move
    much must name named namely near necessary need needed needs neither never new next nine nobody none nor normal normally note nothing now number numbers obvious obviously off often old once one ones open order original otherwise ought ourselves own
    page paragraph part particular particularly parts past people per perhaps person place places point points position possible possibly present previous probably problem problems proceed process proper properly provide provided provides providing public purpose put question questions
    quick quickly quite rather reach read ready real really reason reasonable reasons recent recently regular related result results right rule run running said same saw say says second section see seem seems seen self send sent separate set seven several
    shall short should show shown shows side similar simple simply since single situation six small some somebody someone something sometimes soon sort sources special specific start started state step steps still stop such sure take taken takes taking task
    tell ten term terms than thank thanks themselves then there therefore thing things think third those though thought three through thus time times today together told too took top toward towards true try trying turn two type types typical typically under
    unless until up upon usage use used useful user users uses using usual usually various version versions very via view want wants was way ways week weeks well went were what whatever when where whether which while who whole whom whose why wide will wish with
    address addresses mail email e-mail default defaults location request error errors message messages duty effort inclusion overview procedure title titles difference option options job activity exception rest subject group explanation discussion
    news permission party status handling technical official corresponding prospective vs cf ie eg higher lower faster slower bigger smaller larger older newer highest lowest latest thousand hundred million dozen pair beginning end figure figures table night evening morning month
    january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday english
    within without word words work works world worth would write writing written wrong year years yes yet yourself""",
    de="""person personen text texte möglichkeit möglichkeiten bitte wann appendix anhang information einzelheit bereich problem erstellen benutzen benutzung verwenden verwendung leute arbeit arbeiten beschreiben enthalten erhalten liste
    abschnitt allein allerdings alles also andere anderen anderer anderes anfang art bald beide beiden beispiel bereits besonders besser bis bisher blatt daher damit danach dann daran darauf darum davon dazu dinge ding doch dort drei eben
    einfach einige einmal ende ersten erste etwa etwas fall fälle folgende form frage fragen ganz ganze gar geben gegen genau genug gerade gibt gleich grund gut habe hand hatte hier immer ja jahr jahre jahren jedoch jetzt kapitel keine kommen kommt konnte könnte lange lassen
    leben leicht letzte lässt machen macht mal manche mehr mensch menschen mich mit möglich müsste nachdem name nämlich natürlich neben neu neue neuen nie niemand nichts nun ob oft ohne ort punkt recht sache sagen schon seite sehr seit selbst sicher so sogar solche soll sollen sollte
    sondern sonst statt stehen steht stelle tag tage teil tun uns unten viel viele vielleicht vier voll wahr warum was weg weil weise weit weiter weniger wenig werk wer wieder wissen wo wohl wollen wort worte würde zahl zeigen zeit ziemlich zuerst zwar zwei zweite zwischen""",
    fr="""propos personne personnes texte possibilité appendice annexe information problème choix besoin nom numéro plupart certain certaine certains certaines devoir utiliser utilisation disponible nécessaire détail détails message liste travail
    ajouter contenir créer donner envoyer indiquer permettre savoir vouloir
    ainsi ailleurs alors année années après assez aucun aujourd'hui aussi autant autre autres avant beau beaucoup bien bon bonne bref but cas cause celui celle ceux chacun chapitre chez chose choses ci cinq comment contre côté dedans déjà dernier depuis dès devant dire dit dix donner doute droit
    encore endroit enfin ensemble ensuite entre environ état exemple façon faire fait fois forme grand grande guère heure hommes homme ici idée importe jamais jour jours juste là laisser lieu loin lors lorsque lui maintenant mal manière mettre mieux moins mois moment monde mot mots nombre non notamment nouveau nouvelle
    nouvelles on page paraît parce parfois part partie pendant pensée peu peut-être personne petit petite peuvent plusieurs plutôt point possible pouvoir premier première prendre près presque puis puisque quand quatre question quelque quelques raison rien sens seul seule seulement selon sorte souvent suite sujet surtout tant tel telle temps
    titre toujours tous toutes travers très trois trop trouver type un usage vers vie voilà voir vrai vraiment vue""",
    es="""apéndice anexo información problema problemas elección necesidad nombres mayoría cierto ciertos ciertas deber utilizar uso disponible necesario detalle detalles mensaje lista
    añadir contener crear enviar indicar permitir saber querer
    además ahí ahora algo alguien algún alguna algunas algunos allí año años antes apenas aquí así aún aunque bastante bien bueno cabo capítulo casi caso casos cierta cierto cinco claro cosa cosas cual cualquier cuales cuanto cuatro dar debajo debe decir dejar demás dentro después día días dice dicho diez donde dos durante
    ejemplo embargo entonces entre época estado estar estos falta fin final forma fuera general gente gran grande grandes hace hacer hacia hasta hecho hombre hombres hora idea igual jamás junto lado lejos luego lugar manera mano mayor medio mejor menos mes mientras mismo misma modo momento mucha muchas mucho muchos mundo nada nadie ninguna ninguno
    nombre nuevo nueva número nunca obra otra otras otro otros página palabra palabras parece parte partir pasado peor pequeña pequeño pero persona poco pocos poder poner primer primera primero problema propia propio pueden pues punto quien quienes quizá razón sea segundo seis según ser si siempre siglo sino sólo sola solo suerte tal tales tampoco tan tanto
    tener tercera tiempo tipo todas todavía todos tomar trabajo través tres última último usted vamos varias varios veces ver verdad vez vida vista voz ya""",
)
"""Words too common, or of too little weight, to be a term by themselves."""


PLAIN = _sets(
    en="""go goes going gone went come comes came say says said saying tell told make makes made making do does did done take takes took taken get gets got give gives gave given put see sees saw seen look looked
    seem seemed become became begin began begun keep kept let leave left find found think thought know knew want wanted have had be been being show showed call called bring brought stand stood turn turned
    very also too quite rather just only even still again then now here there already always never often soon perhaps almost but however though although because since therefore thus yet so yes no not
    large big small little great good bad long short old new high low many much more most few some several other another same such quick quickly slow slowly""",
    de="""gehen kommen sagen machen tun nehmen geben stellen setzen legen sehen schauen scheinen werden beginnen anfangen halten lassen finden denken wissen wollen haben sein zeigen nennen bringen stehen bleiben fahren
    sehr auch zu ziemlich recht nur bloß sogar noch wieder dann nun jetzt hier dort da schon bereits immer nie oft bald vielleicht fast beinahe aber jedoch doch obwohl weil denn daher deshalb also so ja nein nicht äußerst höchst ebenfalls gleichfalls indes
    groß klein gut schlecht lang kurz alt neu hoch niedrig viel viele mehr wenig einige manche andere ander selbe solch schnell rasch langsam""",
    fr="""aller venir dire faire prendre donner mettre voir regarder sembler devenir commencer tenir laisser trouver penser savoir vouloir avoir être montrer appeler porter rester
    très aussi trop assez plutôt seulement même encore puis alors maintenant ici là déjà toujours jamais souvent bientôt peut-être presque mais pourtant cependant toutefois quoique parce car donc ainsi oui non fort bien
    grand petit bon mauvais long court vieux nouveau haut bas beaucoup plus peu quelques plusieurs autre même tel vite rapidement lentement""",
    es="""ir venir decir hacer tomar dar poner ver mirar parecer volverse empezar comenzar tener dejar encontrar pensar saber querer haber ser estar mostrar llamar traer quedar contar
    muy también demasiado bastante sólo solo incluso aún todavía otra luego entonces ahora aquí allí ya siempre nunca jamás pronto quizá quizás casi pero sin embargo aunque porque pues así sí no
    grande pequeño bueno malo largo corto viejo nuevo alto bajo mucho más poco algunos varios otro mismo tal rápido rápidamente lentamente""",
    ru="""идти пойти ходить прийти сказать говорить делать сделать взять дать отдать поставить видеть смотреть казаться стать начать начинать держать найти думать знать хотеть быть показать назвать
    очень также тоже слишком довольно только даже ещё еще снова потом тогда теперь здесь там уже всегда никогда часто скоро может почти но однако хотя потому поэтому так да нет весьма крайне
    большой маленький хороший плохой длинный короткий старый новый высокий низкий много больше мало несколько другой тот такой быстро медленно""",
)
"""Words that any text has, whatever it is about: verbs of moving, saying and doing, adverbs, conjunctions, sizes. Another in their place is style, not a term."""

PARTICIPLES: dict[str, tuple[str, ...]] = {"en": ("ed",)}
"""Endings of words that say what was done to a thing: no term by themselves, and seldom the beginning of one."""

INFLECTED: dict[str, tuple[str, ...]] = {"en": ("s", "ing", "a", "men", "en")}
"""Endings of words that may be nouns although a dictionary has them as forms of another word: plurals, and what is done (data, women, printing). Other such forms are verbs and comparatives: fought, older."""

LEADS: dict[str, frozenset[str]] = _sets(
    en="""same following given corresponding related respective particular various several certain different similar actual current existing previous next last
    former latter whole entire additional other another own such proper further greater lesser""",
)
"""Words that only point at something: no term of several words begins with one."""

CLIPPED = ("'t", "'re", "'ve", "'ll", "'d", "'m", "-vous", "-nous", "-moi", "-t-il", "-t-elle", "-t-on")
"""Endings of English words that were drawn together."""


def stop_words(tag: str) -> frozenset[str]:
    """Words that no term begins or ends with."""
    primary = code(tag)
    none: frozenset[str] = frozenset()
    return frozenset(["vs", "etc", "cf", "e.g", "i.e"]) | FUNCTION_WORDS.get(primary, none) | DETERMINERS.get(primary, none) | VERB_SIGNS.get(primary, none) | SAYING.get(primary, none)
