"""What a request asks to have translated, found by the form of Dragoman's prompts.

A chat's last user message holds lines ``12| text``; a mending turn names its passages in lines ``12! what is wrong`` and has them in an earlier message.
Anything else is a plain request: its last line is what to translate. A completion has its source on the line before the open answer line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from benchmarks.pseudo import Terms, translate

SEGMENT = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)
FINDING = re.compile(r"^(\d+)! ", re.MULTILINE)
TERM = re.compile(r"^- (.+?) = (.+)$", re.MULTILINE)
LEAD = re.compile(r"^[^\W\d_][\w ()-]{0,30}: ")

GLOSSARY = "You prepare the glossary for a translation"
CANDIDATE = re.compile(r"^(?P<words>.+?)(?: = [^(]+)? \((?P<sort>[a-z]+)\)(?:: .*)?$")

JUDGED = re.compile(r"^Judge this passage:\n(?:Source: (?P<source>.*)\nTranslation: (?P<target>.*)|Translation: (?P<first>.*)\nSource: (?P<second>.*))$", re.MULTILINE)

Form = Literal["lines", "json", "plain", "verdict", "glossary"]
Message = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """The passages to translate, each with its label, the terms to obey, and the form of the reply.

    A plain request has one passage, labelled ""; one for a verdict has the source of ``judged``; one for a glossary has words, and by label what ``sort`` of word each may be.
    """

    passages: tuple[tuple[str, str], ...]
    terms: Terms
    form: Form
    judged: str = ""
    sorts: tuple[tuple[str, str], ...] = ()

    def reply(self, texts: Mapping[str, str]) -> str:
        """The reply that holds ``texts`` by label, in the form that was asked for."""
        if self.form == "verdict":
            return verdict(texts[""], self.judged)
        if self.form == "glossary":
            words = dict(self.passages)
            return "\n".join(f"{label}| {_judged(words[label], sort, texts[label])}" for label, sort in self.sorts)
        if self.form == "json":
            return json.dumps(dict(texts), ensure_ascii=False)
        if self.form == "lines":
            return "\n".join(f"{label}| {text}" for label, text in texts.items())
        return "\n".join(texts.values())


def of_chat(messages: Sequence[Message], *, schema: bool) -> Ask:
    """What a chat asks for. ``schema`` says that the server was told to answer in JSON; a last line that wants a "JSON object" says so too."""
    users = [text for role, text in messages if role == "user"]
    last = users[-1] if users else ""
    passages = tuple(SEGMENT.findall(last)) or _of_findings(last, users[:-1])
    terms = tuple(dict.fromkeys(term for role, text in messages if role != "assistant" for term in terms_of(text) if not is_its_own(*term)))
    if judged := JUDGED.search(last):
        return Ask((("", judged["source"] or judged["second"] or ""),), terms, "verdict", judged["target"] or judged["first"] or "")
    if passages and messages[0][1].startswith(GLOSSARY):
        return _of_candidates(passages)
    if passages:
        in_json = schema or "JSON object" in last.rstrip().rpartition("\n")[2]
        return Ask(passages, terms, "json" if in_json else "lines")
    asked = users[0] if FINDING.search(last) else last
    return Ask((("", _last_line(asked)),), terms, "plain")


def _judged(words: str, sort: str, rendering: str) -> str:
    """What is said of a candidate. A name that the model would translate word by word is none for it, since its plural would be another word."""
    wanted = words == rendering or sort == "concept"
    return f"{sort}| {rendering}" if wanted else "no"


def _of_candidates(passages: Sequence[tuple[str, str]]) -> Ask:
    """What a request for a glossary asks for: the words alone, without the sentences they come with."""
    found = {label: match for label, text in passages if (match := CANDIDATE.match(text))}
    words = tuple((label, match["words"]) for label, match in found.items())
    return Ask(words, (), "glossary", sorts=tuple((label, match["sort"]) for label, match in found.items()))


def verdict(right: str, given: str) -> str:
    """What a judge without fault says of a translation: the words of it that differ from the right ones; nothing of what is missing."""
    expected, words = right.split(), given.split()
    changes = SequenceMatcher(None, expected, words, autojunk=False).get_opcodes()
    spans = [" ".join(words[start:end]) for kind, _, _, start, end in changes if kind in ("replace", "insert")]
    errors = [{"category": "mistranslation", "severity": "major", "span": span, "why": "It says something else."} for span in spans]
    return json.dumps({"errors": errors}, ensure_ascii=False)


def _of_findings(last: str, earlier: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The passages that ``last`` complains about, each from the latest earlier message that has it."""
    sources = {label: source for text in earlier for label, source in SEGMENT.findall(text)}
    return tuple((label, sources[label]) for label in dict.fromkeys(FINDING.findall(last)) if label in sources)


def of_prompt(prompt: str) -> Ask:
    """What a completion asks for: the last line before the open answer line, without its lead ("English: ") where the answer line has one."""
    lines = [line for line in prompt.splitlines() if line.strip()]
    opened = lines[-1] if lines else ""
    source = lines[-2] if len(lines) > 1 else opened
    if LEAD.match(f"{opened.strip()} "):
        source = LEAD.sub("", source, count=1)
    return Ask((("", source.strip()),), terms_of(prompt), "plain")


def is_its_own(source: str, target: str) -> bool:
    """Whether a term asks for what the model writes by itself: what it said of a glossary's candidates comes back in its prompts."""
    return target.casefold() == translate(source).casefold()


@lru_cache(1024)
def terms_of(text: str) -> Terms:
    """The terms that ``text`` lists as ``- source = wanted / also allowed``, each with the rendering that is wanted."""
    return tuple((source.strip(), targets.split(" / ")[0].strip()) for source, targets in TERM.findall(text))


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
