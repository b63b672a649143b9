"""TMX 1.1 to 1.4: translation units with a variant for each language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from translate.errors import SourceError
from translate.exchange.markup import How, Numbers, child, children, language, local, parse, runs
from translate.exchange.units import Exchange, Unit

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(data: bytes, name: str, source: str | None, target: str | None) -> Exchange:
    """The units that have both languages; without ``source`` and ``target``, the header's source language and the most frequent other one.

    Raises ``SourceError`` where the file is no TMX or has not the languages asked for.
    """
    root = parse(data, name)
    body = child(root, "body")
    if local(root) != "tmx" or body is None:
        raise SourceError(f"{name} is no TMX file (its root is '{local(root)}'): give a file that a translation tool exported as TMX.")
    header = child(root, "header")
    there = Counter(tag for unit in children(body, "tu") for variant in children(unit, "tuv") if (tag := language(variant)))
    ours = _chosen(source, header.get("srclang") if header is not None else None, there, name)
    theirs = _chosen(target, None, Counter({tag: times for tag, times in there.items() if not _same(tag, ours)}), name)
    units = [unit for number, element in enumerate(children(body, "tu"), 1) if (unit := _unit(element, number, name, ours, theirs)) is not None]
    left = sum(1 for _ in children(body, "tu")) - len(units)
    have = "unit of {} has no text in {} and was" if left == 1 else "units of {} have no text in {} and were"
    remarks = (f"{left} {have.format(name, ours)} left out.",) if left else ()
    return Exchange(tuple(units), ours, theirs, remarks)


def _same(one: str, other: str) -> bool:
    """Whether one tag is the other, or the same language more closely said ("de", "de-CH")."""
    one, other = (tag.replace("_", "-").casefold() for tag in (one, other))
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _chosen(wanted: str | None, said: str | None, there: Counter[str], name: str) -> str:
    if wanted is None and said and said != "*all*":
        wanted = said
    if wanted is None and there:
        return there.most_common(1)[0][0]
    if wanted is None or not any(_same(wanted, tag) for tag in there):
        raise SourceError(
            f"{name} has no texts in {wanted or 'a second language'}; its languages are: {', '.join(sorted(there)) or 'none'}. Choose with --from and --to."
        )
    return wanted


def _unit(element: _Element, number: int, name: str, ours: str, theirs: str) -> Unit | None:
    variants = [(language(variant) or "", child(variant, "seg")) for variant in children(element, "tuv")]
    numbers = Numbers()
    texts = [runs(_best(variants, tag), rule, numbers) for tag in (ours, theirs)]
    return Unit(name, element.get("tuid") or str(number), texts[0], texts[1] or None) if texts[0] else None


def _best(variants: list[tuple[str, _Element | None]], wanted: str) -> _Element | None:
    """The text in the language itself, else in one of its regions."""
    fitting = [(tag.casefold() != wanted.casefold(), at, segment) for at, (tag, segment) in enumerate(variants) if _same(tag, wanted)]
    return min(fitting, key=lambda one: one[:2])[2] if fitting else None


def rule(element: _Element) -> tuple[How, str]:
    """What TMX's inline elements are: ``bpt`` and ``ept`` of one ``i`` are a pair; ``x`` joins the two sides."""
    tag = local(element)
    if tag in ("bpt", "ept"):
        return "open" if tag == "bpt" else "close", f"pair {element.get('i')}"
    if tag == "hi":
        return "pair", f"hi {element.get('x') or element.get('type') or ''}"
    if tag in ("ph", "it", "ut"):
        return "atom", f"{tag} {element.get('x') or _content(element)}"
    return "through", ""


def _content(element: _Element) -> str:
    return "".join(map(str, element.itertext()))
