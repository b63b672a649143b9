"""Web addresses, e-mail addresses and ISBNs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import URL
from translate.checks.seam import Facts, Pair
from translate.document import Finding

_ISBN = re.compile(r"(?:ISBN(?:-1[03])?:?\s*)((?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx])", re.IGNORECASE)
_AFTER = ".,;:!?)]}'’>»*_"


class Urls:
    """A web address, an e-mail address or an ISBN is not what it is in the source.

    The same page in the other language ("/en/" and "/de/") and a slash at the end make no difference.
    Blind to addresses that an element holds without showing them.
    """

    name = "urls"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per address that is missing, and one per address that came from nowhere."""
        source, target = pair.segment.text, pair.draft.text
        if not (_likely(source) or _likely(target)):
            return
        wanted, there = ({_same_page(address, facts): address for address in addresses(text)} for text in (source, target))
        for address in (wanted[key] for key in wanted if key not in there):
            yield Finding(self.name, "error", f"{address} is in the source and not in the translation.", source=address)
        for address in (there[key] for key in there if key not in wanted):
            start = target.find(address)
            span = (start, start + len(address)) if start >= 0 else None
            yield Finding(self.name, "error", f"{address} is in the translation and not in the source.", target=address, span=span)


def _likely(text: str) -> bool:
    return ":" in text or "@" in text or "www." in text.lower() or "isbn" in text.lower()


def _same_page(address: str, facts: Facts) -> str:
    """The address without what may differ between the languages."""
    codes = "|".join(re.escape(languages.code(tag)) for tag in (facts.source, facts.target))
    return re.sub(rf"(?<=[/.])(?:{codes})(?=[/.])", "", address).rstrip("/")


def addresses(text: str) -> Iterator[str]:
    """The addresses shown in ``text``, without the punctuation after them; ISBNs without their hyphens."""
    for match in URL.finditer(text):
        address = match.group()
        while address and address[-1] in _AFTER and not (address[-1] == ")" and address.count("(") >= address.count(")")):
            address = address[:-1]
        if len(address) > 4:
            yield address
    for match in _ISBN.finditer(text):
        yield "ISBN " + re.sub(r"[\s-]", "", match.group(1)).upper()
