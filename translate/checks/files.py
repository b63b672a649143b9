"""Names of files, paths and identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from translate.checks.reading import flat, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

_ENDINGS = (
    "txt|md|rst|pdf|epub|mobi|html?|xhtml|xml|json|toml|ya?ml|ini|cfg|conf|csv|tsv|xls|xlsx|docx?|odt|ods|rtf|tex|log|py|js|ts|css|c|h|cpp|hpp|java|rb|pl|sh|bat|exe|dll|so|deb|rpm"
    "|jar|zip|tar|gz|bz2|xz|tgz|7z|iso|img|png|jpe?g|gif|svg|webp|mp3|mp4|ogg|wav|sql|db|po|pot|diff|patch|dsc|changes|service"
)
_NAME = re.compile(
    rf"(?<![\w./~-])(?:~?/[\w.+~-]+(?:/[\w.+~-]+)+/?|(?:[\w+~-]+/)*[\w+~-]+(?:\.[\w+~-]+)*\.(?:{_ENDINGS})|[A-Za-z]:\\[\w.\\-]+|[a-z\d]+(?:_[a-z\d]+)+|[A-Z\d]+(?:_[A-Z\d]+)+)(?![\w/])",
    re.ASCII,
)
_WORD = re.compile(r"(?<![\w~/.+\\-])(?=[^\W_]*+(?:-[^\W_]*+)*+[~/.\\_])[\w~/.+\\-]*\w")
_HELD = re.compile(r"(?P<angle><[/\w.-]{1,40}/?>)|(?P<brace>\{\{?[\w.$-]{1,40}\}?\}|\$\{\w{1,40}\})|(?P<square>\[\d{1,3}\])|(?P<percent>%(?:\(\w{1,40}\))?[sd](?!\w))")
ALIKE = 0.85
"""A new name so much like one that is gone (by difflib's ratio) is that name, changed."""

LONGEST, MOST = 300, 200
"""A longer name is none, and more of them in one passage are no prose."""


class Files:
    """The name of a file, a path or an identifier with underscores is spelt otherwise in the translation, or is not there; a placeholder (<0>, {name}, [1], %s) is gone.

    A placeholder may be translated where one of its kind stands instead. A name is told as a warning where another name stands instead that is much like it, as a remark where it is only gone: a translator may say "the file".
    Blind to names without an ending that files have, to placeholders that were translated into something quite different, and to what an element keeps as code.
    """

    name = "files"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per name."""
        source, target = flat(pair.segment.source), flat(pair.draft.target)
        for place in _held(source, target) if any(sign in source for sign in "<{[%") and target.strip() else ():
            yield Finding(self.name, "warning", f"{place} is in the source and not in the translation.", source=place)
        if not any(sign in source for sign in "./\\_"):
            return
        ours, folded = names(source), target.casefold()
        # A sentence that begins with the name may give it a capital.
        gone = [name for name in ours if name.casefold() not in folded]
        own = {*ours, *_like_names(source)} if gone else set()
        new = [name for name in _like_names(target) if name not in own] if gone else []
        for name in gone:
            changed = max(new, key=lambda other: _ratio(name, other), default="")
            if changed and _ratio(name, changed) >= ALIKE:
                new.remove(changed)
                start = pair.draft.text.find(changed)
                span = (start, start + len(changed)) if start >= 0 else None
                yield Finding(self.name, "warning", f"{name} of the source has become {changed} in the translation.", source=name, target=changed, span=span)
            elif target.strip():
                yield Finding(self.name, "info", f"{name} is in the source and not in the translation.", source=name)


def _held(source: str, target: str) -> Iterator[str]:
    """The placeholders that are gone: of each kind as many as there are fewer."""
    ours, theirs = ([(match.lastgroup or "", match.group()) for match in islice(_HELD.finditer(without_addresses(text)), MOST)] for text in (source, target))
    fewer = Counter(kind for kind, _ in ours) - Counter(kind for kind, _ in theirs)
    for kind, place in (Counter(ours) - Counter(theirs)).elements():
        if fewer[kind] > 0:
            fewer[kind] -= 1
            yield place


def names(text: str) -> list[str]:
    """The names of files, paths and identifiers in ``text``, each once, addresses apart."""
    found = (match.group().rstrip(".") for match in _NAME.finditer(without_addresses(text)))
    return list(dict.fromkeys(name for name in found if len(name) <= LONGEST and any(map(str.isalpha, name))))[:MOST]


def _like_names(text: str) -> list[str]:
    """What could be a name with a letter changed: words with a sign of a path, a file or an identifier in them, whatever their ending."""
    found = (match.group().rstrip(".") for match in _WORD.finditer(without_addresses(text)))
    return list(dict.fromkeys(name for name in found if len(name) <= LONGEST))[:MOST]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
