"""Frequent words, compounds and endings."""

from __future__ import annotations

COMPOUNDING = frozenset(["de", "lb", "nl", "af", "fy", "sv", "da", "no", "nb", "nn", "is", "fo", "fi", "et", "hu"])
"""Languages that write compounds as one word, so that a term may stand inside a longer word."""

NOUNS_IN_CAPITALS = frozenset(["de", "lb", "nds", "gsw"])
"""Languages that write every noun with a capital letter."""

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
        "statt",
        "teil",
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
        "en": "the of and to is that it for was with as his he be by are this have not but at from they which or were their an had been has will would there you we if can your when more than its these who what she them into some other do does should must may how about him our could then because before while after where why any such very only being until against through a in on up out all so no over off",
        "de": "der die das und ist nicht ein eine einen einem einer den dem des zu von mit sich auf für es im als auch dass werden wird wurde aus bei nach wie oder aber sie er wir ich kann hat haben sind zum zur noch nur über durch diese dieser dieses um wenn sein war am an vom man muss müssen können sollte in so was all hat",
        "fr": "le la les des et est une du que qui dans pour pas sur au aux ce cette ces avec par plus il elle ils elles nous vous je ne se sont être ou mais été leur leurs ont son ses sa comme fait peut doit si tout même sans où afin deux était avoir d l qu n c de en a on y dont donc car",
        "es": "el los las que y en un una por con para del se es no su sus al lo como más pero fue era este esta ha han son está sin sobre ser también entre cuando hay muy todo desde donde nos porque puede cada de la a o e",
        "it": "il lo gli di che è e un una per con non del della dei delle nel nella si sono come anche più alla al dal ha questo questa da ma essere suo sua loro quando dove era stato può ogni in la le i e a",
        "pt": "os um uma que e do da dos das em no na nos nas para com não por mais como mas foi ao ele ela seu sua ou ser quando muito há está também pelo pela até isso são você à de a o e em",
        "nl": "de het een en van ik te dat die in is niet op aan met als voor zijn was er maar om hem ook bij zich naar dan door wordt worden heeft kan uit nog wel geen deze moet hun of over al so",
        "sv": "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när ska eller också efter vid nu hade där blev under",
        "da": "og at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når skal eller også efter ved nu havde hvor blev under være",
        "nb": "og at det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når skal eller også etter ved nå hadde hvor ble under være",
        "fi": "ja on ei että se oli hän mutta joka ovat kun niin myös tai kuin jos ole voi sen hänen tämä mitä vain sitä nyt ollut olla kanssa jonka sekä eikä olen olet voi ovat jo jos mukaan siitä tämän niiden ennen jälkeen olla olisi mikä kaikki siis",
        "pl": "gdzie nikt jeszcze więc tego tej mnie gdy kiedy będzie mają sobie także jednak między bardzo nawet wszystko żeby jeśli ponieważ który którego których i w nie na się z do to że jest o jak ale po co za od przez dla tym są był było który która które przy jego może tylko lub oraz być czy już te",
        "cs": "kde nikdo ještě tedy toho mně nás jejich kdy bude mají sobě také však mezi velmi všechno aby jestli protože kterého kterých a se v na je že to s z do o i ale jako za by po pro jsou byl tak které který není od jeho při být nebo také když už jen která",
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

OPENERS: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "her she his they this that these those when there then after before while because although nobody everyone everything nothing",
        "de": "ihr ihre sein seine dieser diese dieses als wenn nachdem bevor während weil obwohl niemand",
        "fr": "elle elles ils cette ces quand lorsque après avant pendant parce bien personne",
        "es": "ella ellos ellas esta este estas estos cuando después antes mientras porque aunque nadie",
    }.items()
}
"""Words that often begin a sentence and may also be words of another language, though hardly at that place."""

UNINFLECTED = frozenset(["en", "fr", "es", "it", "pt", "ca", "gl", "oc"])
"""Languages that write a foreign name always alike, but for a plural."""
