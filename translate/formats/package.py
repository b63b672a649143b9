"""What a book's package says: which files it has, in which order they are read, what it is called, whether it is locked.

Reads META-INF/container.xml, META-INF/encryption.xml and the OPF, of EPUB 2 and 3 alike, and forgives what does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from translate.errors import SourceError
from translate.formats import outline
from translate.formats.container import EPUB_TYPE, MIMETYPE, Container
from translate.formats.directory import shown
from translate.formats.outline import Outline
from translate.formats.tree import Element

DC = "http://purl.org/dc/elements/1.1/"
OPF = "http://www.idpf.org/2007/opf"
OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Font obfuscation (EPUB OCF 3, section 4; Adobe's): keyed by the book's identifier, and no lock."""

CONTENT_TYPES = frozenset({"application/xhtml+xml", "text/x-oeb1-document", "application/x-dtbook+xml", "text/html", "image/svg+xml"})
NCX_TYPE = "application/x-dtbncx+xml"
CONTENT_ENDINGS = (".xhtml", ".html", ".htm", ".svg")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the manifest. ``name`` is its entry in the zip, or None where that is missing."""

    id: str
    href: str
    name: str | None
    media: str
    properties: frozenset[str]

    @property
    def svg(self) -> bool:
        """Whether it is a drawing that stands on its own."""
        return self.media == "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Package:
    """A book's OPF, understood. Names are those of entries in the zip.

    ``identifier`` is the text of the unique identifier ("" where there is none), ``spine`` the content in reading order, ``others`` content of the manifest that is not in the spine.
    ``keyed`` says that fonts are obfuscated by the identifier, so that it has to stay.
    """

    name: str
    outline: Outline
    version: str
    identifier: str
    title: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    spine: tuple[str, ...]
    others: tuple[str, ...]
    nav: str | None
    ncx: str | None
    keyed: bool
    remarks: tuple[str, ...]

    @property
    def modern(self) -> bool:
        """Whether it is EPUB 3 or later."""
        return not self.version.startswith(("1", "2"))

    def item(self, name: str) -> Item | None:
        """The manifest's item for an entry."""
        return next((item for item in self.items if item.name == name), None)


def open_package(container: Container) -> Package:
    """The package of a book. Raises ``SourceError`` where it is locked (DRM), or no package can be found or read."""
    keyed = _obfuscated(container)
    name, remarks = _rootfile(container)
    read = outline.read(container.read(name), label=f"{container.name}: {name}")
    if read.root.name != "package":
        raise SourceError(f"{container.name}: {name} is no package file (<{shown(read.root.qualified)}>): it is not a whole EPUB.")
    items = tuple(_items(read, name, container))
    spine_element = next(read.named("spine"), None)
    spine, missing = _spine(read, items, spine_element)
    nav = next((item.name for item in items if "nav" in item.properties), None)
    ncx = _ncx(items, spine_element)
    toc = {nav, ncx}
    others = (item.name for item in items if item.name and item.media in CONTENT_TYPES and item.name not in spine)
    if not spine:
        missing.append("The package has no reading order (an empty spine): its documents are taken as the manifest lists them.")
    return Package(
        name=name,
        outline=read,
        version=read.root.get("version") or "2.0",
        identifier=_text(unique_identifier(read)),
        title=_text(next(dublin(read, "title"), None)),
        languages=tuple(_text(element) for element in dublin(read, "language") if _text(element)),
        items=items,
        spine=tuple(name for name in spine if name not in toc),
        others=tuple(dict.fromkeys(name for name in others if name not in toc)),
        nav=nav,
        ncx=ncx,
        keyed=keyed,
        remarks=(*_mimetype(container), *remarks, *_missing(items), *missing, *_signed(container)),
    )


def dublin(read: Outline, name: str) -> Iterator[Element]:
    """The Dublin Core elements of that name, whatever their prefix (or "dc:" where the prefix was never declared)."""
    return (element for element in read.named(name, name.title()) if element.space.rstrip("/") == DC.rstrip("/") or element.qualified.lower() == f"dc:{name}")


def unique_identifier(read: Outline) -> Element | None:
    """The dc:identifier that the package calls unique, else the first."""
    found = tuple(dublin(read, "identifier"))
    wanted = read.root.get("unique-identifier")
    return next((element for element in found if wanted and element.get("id") == wanted), next(iter(found), None))


def _text(element: Element | None) -> str:
    return " ".join(element.text.split()) if element is not None else ""


def _rootfile(container: Container) -> tuple[str, list[str]]:
    """The entry of the first package that container.xml names, and what is to say about it."""
    where = container.find("META-INF/container.xml")
    if where is None:
        raise SourceError(f"{container.name} is not an EPUB (a zip without META-INF/container.xml): give a .epub file.")
    read = outline.read(container.read(where), label=f"{container.name}: {where}")
    files = [element.get("full-path") for element in read.named("rootfile") if element.get("media-type") in ("application/oebps-package+xml", "")]
    if not files:
        raise SourceError(f"{container.name}: META-INF/container.xml names no package (OPF): it is not a whole EPUB.")
    name = container.find(files[0])
    if name is None:
        raise SourceError(f"{container.name}: the package '{shown(files[0])}' is missing: it is not a whole EPUB.")
    more = [f"The book has {len(files)} packages (renditions); only the first, {name}, is translated."] if len(files) > 1 else []
    return name, more


def _items(read: Outline, base: str, container: Container) -> Iterator[Item]:
    for element in read.named("item"):
        href = element.get("href")
        yield Item(
            id=element.get("id"),
            href=href,
            name=container.find(href, base=base) if href else None,
            media=element.get("media-type").split(";")[0].strip().lower(),
            properties=frozenset(element.get("properties").split()),
        )


def _spine(read: Outline, items: tuple[Item, ...], spine: Element | None) -> tuple[list[str], list[str]]:
    """The entries of the spine in order, each once, and remarks on what it names in vain."""
    by_id = {item.id: item for item in reversed(items)}
    names: list[str] = []
    remarks: list[str] = []
    for reference in read.inside(spine) if spine is not None else ():
        if reference.name != "itemref":
            continue
        item = by_id.get(reference.get("idref"))
        if item is None:
            remarks.append(f"The spine names '{shown(reference.get('idref'))}', which the manifest does not have.")
        elif item.name and (item.media in CONTENT_TYPES or item.name.lower().endswith(CONTENT_ENDINGS)) and item.name not in names:
            names.append(item.name)
    return names, remarks


def _ncx(items: tuple[Item, ...], spine: Element | None) -> str | None:
    wanted = spine.get("toc") if spine is not None else ""
    by_id = next((item.name for item in items if wanted and item.id == wanted and item.name), None)
    return by_id or next((item.name for item in items if item.media == NCX_TYPE and item.name), None)


def _missing(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if item.name is None and "://" not in item.href:
            yield f"The manifest names '{shown(item.href)}', which is not in the book."


def _mimetype(container: Container) -> Iterator[str]:
    if MIMETYPE not in container:
        yield "The book has no mimetype entry; a translation gets one."
    elif MIMETYPE in container.damaged or container.read(MIMETYPE).strip() != EPUB_TYPE:
        yield "The book's mimetype is wrong; a translation gets the right one."


def _signed(container: Container) -> Iterator[str]:
    if container.find("META-INF/signatures.xml") is not None:
        yield "The book is signed (META-INF/signatures.xml); the signature does not hold for a translation."


def _obfuscated(container: Container) -> bool:
    """Whether fonts are obfuscated. Raises ``SourceError`` where anything is truly encrypted."""
    where = container.find("META-INF/encryption.xml")
    if where is None:
        return False
    read = outline.read(container.read(where), label=f"{container.name}: {where}")
    algorithms = {
        method.get("Algorithm") if method is not None else ""
        for data in read.named("EncryptedData")
        for method in [next((inner for inner in read.inside(data) if inner.name == "EncryptionMethod"), None)]
    }
    if algorithms - OBFUSCATIONS:
        raise SourceError(f"{container.name} is locked by DRM (META-INF/encryption.xml): it can only be translated from a copy without a lock.")
    return bool(algorithms)
