"""What a model says besides the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate import languages
from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity

_I = re.IGNORECASE
_MI = re.IGNORECASE | re.MULTILINE

THINKING = re.compile(r"<(think|thinking|thought|reasoning|reflection)\b[^<>]*>.*?(?:</\1\s*>|\Z)\s*", _I | re.DOTALL)
THINKING_TAG = re.compile(r"</?(?:think|thinking|thought|reasoning|reflection)\b[^<>]*>|◁/?think▷|<\|channel\|>", _I)
THOUGHT = re.compile(r"\A.*?</(?:think|thinking|thought|reasoning|reflection)\s*>\s*", _I | re.DOTALL)
FENCE = re.compile(r"```|~~~")
FENCED = re.compile(r"\A\s*(```|~~~)[\w+-]*[ \t]*\n?(.*?)\n?[ \t]{0,99}+\1\s*+\Z", re.DOTALL)

_LANGUAGE = r"(?:english|german|french|spanish|italian|portuguese|dutch|russian|deutsch\w*|englisch\w*|fran[cç]ais\w*|anglais\w*|espa[nñ]ol\w*|ingl[eé]s\w*|italian[oa]|portugu[eê]s\w*|nederlands\w*|polsk\w*|angielsk\w*|češtin\w*|česk\w*|svensk\w*|dansk\w*|norsk\w*|русск\w*)"
_TRANSLATION = r"(?:translation|translated (?:text|version|segments?)|[uü]bersetz(?:ung|te\w*)|traduction|traducci[oó]n|traduzione|tradu[cç][aã]o|vertaling|t[lł]umaczenie|przek[lł]ad|p[rř]eklad|[oö]vers[aä]ttning|overs[ae]ttelse|oversettelse|k[aä][aä]nn[oö]s|[cç]eviri\w*|ford[ií]t[aá]s|перевод|翻译|翻訳|번역)"
_SURE = r"(?:sure|certainly|of course|absolutely|gladly|okay|ok|here you go|nat[uü]rlich|gerne?|selbstverst[aä]ndlich|klar|bien s[uû]r|certainement|voici|claro|por supuesto|certo|certamente|natuurlijk|oczywi[sś]cie|jasne|pewnie|jist[eě]|sj[aä]lvklart|selvf[oø]lgelig|selvsagt|tabii|konečně|конечно|当然)"

PREAMBLE = re.compile(
    rf"\A\s*+(?:{_SURE}\b[^\n:]{{0,120}}[:!.\n]\s*+)?(?:[*_#]*+\s*+(?:here(?:'s|’s| is| are)|this is|the following is|below is|hier (?:ist|sind|kommt|folgt)|das ist|voici|voil[aà]|ci-dessous|aqu[ií] (?:est[aá]|tienes?)|ecco|aqui est[aá]|hier is|oto|zde je|h[aä]r [aä]r|her er|itt (?:a|az)|tässä(?: on)?|i̇şte|işte|iată|íme|ось|вот|以下是)\b[^\n:]{{0,100}}?{_TRANSLATION}[^\n:]{{0,60}}:[*_]*\s*)"
    rf"|\A\s*+[*_#]*+(?:(?:the |die |la )?(?:{_LANGUAGE} )?{_TRANSLATION}(?: (?:in(?:to|s)?|to|auf|en|ins) {_LANGUAGE})?|{_LANGUAGE}|translated text|target(?: text)?|output|result|answer|reply|response|antwort|ausgabe)\s*+[*_]*+\s*+[:：]\s*+[*_]*+\s*+"
    rf"|\A\s*+{_SURE}\s*+[!,.:]\s*(?:\n|(?=here|hier|voici|aqu[ií]|ecco))[^\n]{{0,120}}?(?::\s*|\n\s*)",
    _I,
)
AFTERWORD = re.compile(
    r"\n\s{0,99}+[(\[*_]{0,9}+\s{0,99}+(?:note|translator['’]s note|explanation|notes|comment|hinweis|anmerkung|anmerkungen|erkl[aä]rung|remarque|nota|opmerking|примечание|注)\s*+[*_]*+\s*+[:：].*\Z"
    r"|\n\s{0,99}+(?:let me know|i hope this|please let me know|if you (?:need|would like|have any)|feel free|lassen sie mich wissen|n'h[eé]sitez pas|h[aá]game saber|espero que)\b.*\Z",
    _I | re.DOTALL,
)
TRANSLATOR = re.compile(
    r"[(\[](?:translator['’]s note|tr(?:anslator|\.)['’s. ]{0,3}n(?:ote|\.)|note (?:du|de la) tradu|n\.\s?d\.\s?t\b|anm(?:erkung|\.) d(?:es|er|\.) [üu](?:bers|\.)|nota del tradu|nota de la tradu|nota do tradu|n\.\s?del t\.|прим(?:ечание|\.) пер|przyp(?:is|\.) t[łl]um|noot van de vert)[^()\[\]]{0,400}[)\]]?",
    _I,
)
REFUSAL = re.compile(
    r"\b(?:i['’]?m|i am) (?:really |very |so )?(?:sorry|afraid|unable|not able|not allowed)\b[^.\n]{0,60}\b(?:can(?:['’]t|not| not)|unable|not able|won['’]t|assist|help|comply|translat|provide)"
    r"|\bi (?:can(?:['’]t|not| not)|won['’]t|must decline to|am unable to|will not) (?:\w+ )?(?:assist|help|translat|provide|fulfil|comply|continue|reproduce|complete|process|do that|generate|create)"
    r"|\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b"
    r"|\bals (?:ki|k\.i\.|sprachmodell|ki-(?:modell|assistent|sprachmodell))\b|\bes tut mir leid,? (?:aber )?ich kann\b|\b(?:leider kann ich|ich kann (?:diese|dieser|ihnen|dir|das|den)[^.\n]{0,50} nicht (?:\w+ )?(?:helfen|übersetzen|erfüllen|nachkommen|bereitstellen))"
    r"|\bje suis (?:vraiment )?d[eé]sol[eé]e?,? (?:mais )?je ne (?:peux|puis)|\ben tant qu['’](?:ia|intelligence artificielle|mod[eè]le)|\bje ne peux pas (?:traduire|vous aider|r[eé]pondre|fournir)"
    r"|\blo siento,? (?:pero )?no puedo|\bcomo (?:ia|inteligencia artificial|modelo de lenguaje)\b|\bno puedo (?:traducir|ayudar|proporcionar)"
    r"|\bmi dispiace,? (?:ma )?non posso|\bcome (?:modello linguistico|intelligenza artificiale)|\bsinto muito,? (?:mas )?n[aã]o posso|\bhet spijt me,? (?:maar )?ik kan"
    r"|извините,? (?:но )?я не могу|как языковая модель|(?:对不起|抱歉)[，,]?我(?:无法|不能)|作为(?:一个)?(?:AI|人工智能)|申し訳(?:ありません|ございません)",
    _I,
)
INSTRUCTION = re.compile(
    r"\btranslate (?:the following|this|these|each|every|into|from|to)\b|\byou are an? (?:\w+ ){0,3}translator\b|\b(?:source|target) language\b|\bdo not translate\b|\b(?:keep|preserve) (?:the|all|every) (?:markers?|tags?|placeholders?)\b"
    r"|\breply (?:only )?with\b|\bsegment ids?\b|\bglossary terms?\b|\bend of (?:translation|text)\b",
    _I,
)
TRANSLATING = re.compile(r"translat|[üu]bersetz|sprach|tradu|langu|lengua|lingua|idioma|vertal|taal|перев|язык|перекла|мов[аиоу]|t[łl]umacz|przek[łl]a|język|přek|jazyk|käänt|kään|kiel|çevir|dil|översätt|språk|overs[æe]t|sprog|oversett|fordít|nyelv|tradu[cçz]|glossa|翻|译|訳|语|語|言|번역|언어|ترجم|תרג", _I)
"""What speaks of translating or of languages in the source, which the translation does then too, in the words of an instruction."""
APOLOGY = re.compile(
    r"жаль|прости|извин|сожален|шкода|вибач|перепрош|przykro|przepraszam|przeprosz|wybacz|niestety|lituj|promiň|omlouv|bohužel|žao|izvini|sajnál|bocsán|elnézést|üzgün|maalesef|özür|kusura bak|pahoillan|anteeksi|valitettavasti"
    r"|ledsen|förlåt|tyvärr|beklager|unnskyld|undskyld|desværre|dessverre|spijt me|helaas|leid|leider|verzeih|entschuldig|désol|regrett|pardon|lo siento|perdón|disculp|lamento|desculp|dispiace|spiacent|scus[ai]|îmi pare|λυπάμαι|συγγνώμη|съжалявам"
    r"|对不起|對不起|抱歉|不好意思|申し訳|すみません|ごめん|残念|미안|죄송|آسف|عذر|מצטער|סליחה|क्षमा|माफ़",
    _I,
)
"""An apology in the source, which the translation says then too; English ones are told from a refusal by the refusal's own words."""
TEMPLATE = re.compile(
    r"<\|[\w ]{2,30}\|>|</?s>|<(?:start|end)_of_turn>|\[/?INST\]|<</?SYS>>|<(?:bos|eos|pad|unk)>|<｜[^｜]{2,40}｜>|### (?:Response|Instruction|Input)\b"
)
IDS = re.compile(
    r"^\s{0,99}+[\[(<{]?(?:(?:id|seg(?:ment)?)[ :#=_-]*)?[A-Za-z]{0,3}\d{1,6}[A-Za-z]?[\])>}]?\s{0,99}\|(?!\|)\s*|(?<=\s)\d{1,6}\|(?=\s)|^\s{0,99}+(?:segment|id)\s{0,99}+#?\d{1,6}\s{0,99}+[:|]\s*|^\s{0,99}+\[id[ :=]*+\w++\]\s*",
    _MI,
)
JSON = re.compile(r"\A\s*(?:\{\s*\"[^\"\n]{1,40}\"\s*:|\[\s*\{\s*\")|\"\s*\}\s*\]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Leak:
    """A pattern of what does not belong into a translation, and what a person is told about it."""

    pattern: re.Pattern[str]
    says: str
    severity: Severity = "error"


LEAKS = (
    Leak(THINKING_TAG, "The model's own thinking stands in the translation: {0}."),
    Leak(FENCE, "A code fence stands in the translation: {0}."),
    Leak(TEMPLATE, "A control sign of the model stands in the translation: {0}."),
    Leak(REFUSAL, "The model refused instead of translating: {0}."),
    Leak(PREAMBLE, "The translation begins with words about the translation: {0}."),
    Leak(AFTERWORD, "After the translation stands a remark that is not in the source: {0}."),
    Leak(TRANSLATOR, "A note of the translator's stands in the translation: {0}.", "warning"),
    Leak(IDS, "A segment's number stands in the translation: {0}."),
    Leak(JSON, "Signs of the reply's format stand in the translation: {0}."),
    Leak(INSTRUCTION, "An instruction to the model stands in the translation: {0}."),
)


class Leakage:
    """The model said something besides the translation: a preamble, its thinking, a refusal, an instruction, an id.

    What the source says itself is no leak: a character who is sorry that she cannot help may say so in translation.
    Blind to remarks in other words than the usual ones.
    """

    name = "leakage"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per kind of leak."""
        source, target = pair.segment.text, pair.draft.text
        for leak in LEAKS:
            match = leak.pattern.search(target)
            if match and match.group().strip() and not leak.pattern.search(source) and not _is_told(leak, source, facts):
                yield Finding(self.name, leak.severity, leak.says.format(quoted(match.group())), target=match.group().strip(), span=match.span())


def _is_told(leak: Leak, source: str, facts: Facts) -> bool:
    """Whether what looks like a refusal tells somebody's apology, or what looks like an instruction, into English, what the source says of translating and languages."""
    if leak.pattern is REFUSAL:
        return languages.code(facts.source) != "en" and APOLOGY.search(source) is not None
    return leak.pattern is INSTRUCTION and languages.code(facts.target) == "en" and TRANSLATING.search(source) is not None


def peel(text: str, source: str) -> str:
    """``text`` without the thinking, the fence, the preamble, the afterword and the id around a translation.

    What the source has as well stays, and nothing is taken where nothing would be left.
    """
    before = None
    while before != text:
        before = text
        for part in (_unthink, _unfence, _unlabel):
            shorter = part(text, source)
            if any(map(str.isalnum, shorter)):
                text = shorter
    return text


def _unthink(text: str, source: str) -> str:
    if THINKING_TAG.search(source) or not THINKING_TAG.search(text):
        return text
    closed = THINKING.sub("", text)
    return THOUGHT.sub("", closed)


def _unfence(text: str, source: str) -> str:
    match = FENCED.match(text)
    return match.group(2) if match and not FENCE.search(source) else text


def _unlabel(text: str, source: str) -> str:
    """Without a preamble or an id at the beginning and a remark at the end."""
    for pattern in (PREAMBLE, IDS):
        match = pattern.match(text)
        if match and not pattern.search(source):
            text = text[match.end() :]
    match = AFTERWORD.search(text)
    return text[: match.start()] if match and not AFTERWORD.search(source) else text
