"""What a translation changes in a book beside its words: language, direction, identifier, who translated it and when.

All of it is spliced into the OPF and the NCX at byte offsets; nothing else in them moves.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from translate import languages
from translate.errors import SettingError
from translate.formats import outline
from translate.formats.edition import Edition
from translate.formats.outline import Outline
from translate.formats.package import DC, OPF, Package, dublin, unique_identifier
from translate.formats.render import quoted
from translate.formats.splice import Patch, set_attribute, set_text
from translate.formats.tree import Element

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:dragoman:edition")
WEAK_IDENTIFIER = 8
"""An identifier with fewer characters ("unknown", "id", "1") names no book."""
CONTRIBUTOR_ID = "dragoman-translator"


def identifier(package: Package, edition: Edition, *, sha256: str) -> str:
    """The identifier of the edition: the same for the same source, language and kind of edition; the source's own where fonts are keyed by it.

    A name-based UUID (RFC 9562, version 5) of the source's identifier, or of its hash where it has none worth the name.
    """
    if package.keyed:
        return package.identifier
    own = package.identifier if len(package.identifier) >= WEAK_IDENTIFIER else f"sha256:{sha256}"
    kind = "bilingual" if edition.bilingual else "translation"
    return uuid.uuid5(NAMESPACE, f"{own}\n{edition.language}\n{kind}").urn


def direction(tag: str | None) -> str:
    """ "rtl" or "ltr"; what is no language is written left to right."""
    try:
        return languages.find(tag).direction if tag else "ltr"
    except SettingError:
        return "ltr"


def same_language(tag: str, other: str | None) -> bool:
    """Whether both tags name one language, regions and scripts apart."""
    return bool(other) and re.split("[-_]", tag.strip().lower())[0] == re.split("[-_]", (other or "").strip().lower())[0]


def amend_package(data: bytes, package: Package, edition: Edition, *, new_id: str, note: str | None = None) -> bytes:
    """The OPF for the edition. ``data`` is the OPF with its targets already in place, ``note`` the href of a page to add at the end."""
    read = outline.read(data, label=package.name)
    patches = [
        *_languages(read, edition),
        *_tagged(read, edition),
        *_identifiers(read, package, new_id),
        *_turning(read, package, edition),
        *_modified(read, edition),
    ]
    metadata = next(read.named("metadata"), None)
    if metadata is not None:
        patches += _appended(read, metadata, package, edition, new_id)
    if note is not None:
        patches += _note_item(read, note)
    return read.patched(patches)


def amend_ncx(data: bytes, edition: Edition, *, new_id: str, old_id: str, label: str, translated: bool) -> bytes:
    """The NCX for the edition: its language where it is ``translated``, and the identifier that has to equal the package's."""
    read = outline.read(data, label=label)
    patches = [set_attribute(read.body, read.root, "xml:lang", edition.language)] if translated else []
    if new_id != old_id:
        uids = [element for element in read.named("meta") if element.get("name") == "dtb:uid"]
        patches += [set_attribute(read.body, element, "content", new_id) for element in uids]
    return read.patched(patches)


def _source_language(read: Outline, edition: Edition) -> str | None:
    """The language that the target takes the place of: the one that was said, where the book knows it too, else the book's first."""
    declared = [element.text for element in dublin(read, "language") if element.text.strip()]
    said = next((tag for tag in declared if same_language(tag, edition.source_language)), None)
    return said or next(iter(declared), edition.source_language)


def _languages(read: Outline, edition: Edition) -> Iterator[Patch]:
    """One dc:language of the target in place of all of the source's; in a bilingual edition the source's stays behind it."""
    source = _source_language(read, edition)
    stale = [element for element in dublin(read, "language") if not element.text.strip() or same_language(element.text, source)]
    twins = [element for element in dublin(read, "language") if element not in stale and element.text.strip() == edition.language]
    for element in [*stale[1:], *twins]:
        yield _removal(element)
    if not stale:
        return
    yield set_text(read.body, stale[0], edition.language)
    if edition.bilingual and source and not same_language(source, edition.language):
        tag = stale[0].qualified
        yield _insertion(stale[0].end, f"<{tag}>{_escaped(source.strip())}</{tag}>")


def _tagged(read: Outline, edition: Edition) -> Iterator[Patch]:
    """xml:lang of the package, and of the metadata that is translated, where it names the source language."""
    source = _source_language(read, edition)
    for element in (read.root, *read.named("metadata", "title", "description", "subject")):
        if element.get("xml:lang") and same_language(element.get("xml:lang"), source):
            yield set_attribute(read.body, element, "xml:lang", edition.language)


def _identifiers(read: Outline, package: Package, new_id: str) -> Iterator[Patch]:
    element = unique_identifier(read)
    if element is None or new_id == package.identifier:
        return
    yield set_text(read.body, element, new_id)
    scheme = next((key for key in element.attributes if key.rpartition(":")[2] == "scheme"), None)
    if scheme and not element.empty:
        yield set_attribute(read.body, element, scheme, "UUID")
    if element.get("id"):
        # "It is an ISBN" would be a lie of the new identifier.
        kinds = (meta for meta in read.named("meta") if meta.get("refines") == f"#{element.get('id')}" and meta.get("property") == "identifier-type")
        yield from map(_removal, kinds)


def _turning(read: Outline, package: Package, edition: Edition) -> Iterator[Patch]:
    """The direction in which pages turn. EPUB 2 has no word for it."""
    spine = next(read.named("spine"), None)
    if spine is None or not package.modern:
        return
    if direction(edition.language) == "rtl":
        yield set_attribute(read.body, spine, "page-progression-direction", "rtl")
    elif direction(_source_language(read, edition)) == "rtl" and spine.get("page-progression-direction") == "rtl":
        yield set_attribute(read.body, spine, "page-progression-direction", "ltr")


def _modified(read: Outline, edition: Edition) -> Iterator[Patch]:
    for meta in read.named("meta") if edition.date else ():
        if meta.get("property") == "dcterms:modified" and not meta.get("refines"):
            yield set_text(read.body, meta, edition.date)


def _appended(read: Outline, metadata: Element, package: Package, edition: Edition, new_id: str) -> Iterator[Patch]:
    """New metadata, at the end of the element that holds the book's own."""
    first = next((element for element in read.inside(metadata) if element.space.rstrip("/") == DC.rstrip("/")), None)
    home = metadata if first is None or first.parent is None else first.parent
    if home.empty:
        return
    dc, declare = _prefix(home, DC, "dc")
    lines: list[str] = []
    if next(dublin(read, "language"), None) is None:
        lines.append(f"<{dc}language{declare}>{_escaped(edition.language)}</{dc}language>")
    if new_id != package.identifier:
        lines += _sources(read, package, new_id, f"{dc}source", f"{dc}identifier", declare)
    if edition.contributor:
        lines += _contributor(read, home, package, edition.contributor, f"{dc}contributor", declare)
    if lines:
        yield _insertion(home.close, "".join(f"  {line}\n" for line in lines))


def _sources(read: Outline, package: Package, new_id: str, source: str, tag: str, declare: str) -> Iterator[str]:
    """The book that this one was made from; and an identifier where the book had none to replace."""
    known = {" ".join(element.text.split()) for element in dublin(read, "source")}
    if package.identifier and package.identifier not in known:
        yield f"<{source}{declare}>{_escaped(package.identifier)}</{source}>"
    if unique_identifier(read) is None:
        name = read.root.get("unique-identifier")
        wanted = f' id="{_escaped(name)}"' if name else ""
        yield f"<{tag}{declare}{wanted}>{_escaped(new_id)}</{tag}>"


def _contributor(read: Outline, home: Element, package: Package, who: str, tag: str, declare: str) -> Iterator[str]:
    """A translator by the MARC relator "trl": as a refinement in EPUB 3, as an attribute in EPUB 2."""
    if not package.modern:
        opf, declare_opf = _prefix(home, OPF, "opf", attribute=True)
        yield f'<{tag}{declare}{declare_opf} {opf}role="trl">{_escaped(who)}</{tag}>'
        return
    name = _free_id(read, CONTRIBUTOR_ID)
    meta, _ = _prefix(home, OPF, "opf")
    yield f'<{tag}{declare} id="{name}">{_escaped(who)}</{tag}>'
    yield f'<{meta}meta refines="#{name}" property="role" scheme="marc:relators">trl</{meta}meta>'


def _prefix(home: Element, space: str, wanted: str, *, attribute: bool = False) -> tuple[str, str]:
    """The prefix (with its colon) that means ``space`` at the end of ``home``, and the declaration it needs there ("" where it has one)."""
    names = [prefix for prefix, value in home.scope.items() if value.rstrip("/") == space.rstrip("/") and (prefix or not attribute)]
    if names:
        best = wanted if wanted in names else ("" if "" in names else names[0])
        return (f"{best}:" if best else ""), ""
    if wanted == "opf" and not attribute:
        # A package without a namespace: its own elements have no prefix either.
        return "", ""
    return f"{wanted}:", f' xmlns:{wanted}="{space}"'


def _free_id(read: Outline, wanted: str) -> str:
    taken = {element.get("id") for element in read.tree.elements}
    return next(name for number in range(len(taken) + 1) if (name := wanted + (f"-{number}" if number else "")) not in taken)


def _note_item(read: Outline, href: str) -> Iterator[Patch]:
    """A page in the manifest and at the end of the spine."""
    manifest, spine = next(read.named("manifest"), None), next(read.named("spine"), None)
    if manifest is None or spine is None or manifest.empty or spine.empty:
        return
    name = _free_id(read, "dragoman-note")
    prefix = manifest.qualified[: -len(manifest.name)]
    yield _insertion(manifest.close, f'  <{prefix}item id="{name}" href="{_escaped(href)}" media-type="application/xhtml+xml"/>\n')
    yield _insertion(spine.close, f'  <{prefix}itemref idref="{name}"/>\n')


def _removal(element: Element) -> Patch:
    return Patch(element.start, element.end, b"")


def _insertion(place: int, markup: str) -> Patch:
    return Patch(place, place, markup.encode())


def _escaped(text: str) -> str:
    """``text`` as XML text or as a value in double quotes."""
    return quoted(text, '"').decode().replace(">", "&gt;")
