"""Files that a stranger may hand us to do harm, or that broke on the way: each a function that gives bytes, with what the error must say."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.shelf import OPF3, THREE, pack

ENCRYPTION = """<?xml version="1.0"?>
<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
  <enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/>
  <enc:CipherData><enc:CipherReference URI="OPS/font.otf"/></enc:CipherData></enc:EncryptedData>
</encryption>
"""

BOMB = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


def with_files(**changes: str | bytes | None) -> bytes:
    """The small book with entries added; ``__`` in a name stands for ``/``."""
    return pack({**THREE, **{name.replace("__", "/"): data for name, data in changes.items()}})


def renamed(name: bytes, *, base: Mapping[str, str] = THREE) -> bytes:
    """The small book with one more entry whose raw name is ``name``, in both headers."""
    placeholder = ("~" * len(name)).encode()
    return pack({**base, placeholder.decode(): "x"}).replace(placeholder, name)


def linked() -> bytes:
    """The small book with a symbolic link in it."""
    out = io.BytesIO(pack(THREE))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("OPS/link.css")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    """The small book with two entries of one name."""
    return renamed(b"OPS/left-over.txt")


def patched(*, central: tuple[int, bytes] | None = None, name: str = "OPS/text/one.xhtml") -> bytes:
    """The small book with bytes put over the central header of ``name``: offset in the header, and the bytes."""
    data = bytearray(pack(THREE))
    at = data.rfind(name.encode()) - 46
    if central is not None:
        offset, new = central
        data[at + offset : at + offset + len(new)] = new
    return bytes(data)


def bomb() -> bytes:
    """60 MB of zeros in 60 kB."""
    return with_files(**{"OPS__zeros.bin": bytes(60_000_000)})


def overlapping() -> bytes:
    """Two entries that share their packed bytes."""
    data = bytearray(pack(THREE))
    first = data.rfind(b"OPS/text/one.xhtml") - 46
    size = struct.unpack_from("<L", data, first + 20)[0]
    struct.pack_into("<L", data, first + 20, size + 40)
    return bytes(data)


def without_entries() -> bytes:
    """A sound zip with nothing in it."""
    return pack({})


def many_entries(count: int) -> bytes:
    """A zip with that many empty entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}", b"")
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "is empty"),
    "plain text": (lambda: b"Call me Ishmael.", "not an EPUB"),
    "a PDF": (lambda: b"%PDF-1.7 and so on", "not an EPUB"),
    "text that begins like a zip": (lambda: b"PK is all I am", "not an EPUB"),
    "a zip cut off": (lambda: pack(THREE)[:-400], "cut off"),
    "a zip cut in its end record": (lambda: pack(THREE)[:-5], "cut off"),
    "a zip that lost its beginning": (lambda: pack(THREE)[300:], "damaged zip"),
    "a zip without entries": (without_entries, "container.xml"),
    "a zip that is no book": (lambda: pack({"a.txt": "x"}), "container.xml"),
    "no package": (lambda: with_files(**{"OPS__book.opf": None}), "OPS/book.opf"),
    "a container that names nothing": (lambda: with_files(**{"META-INF__container.xml": "<container/>"}), "names no package"),
    "a container that is broken": (lambda: with_files(**{"META-INF__container.xml": "<container>"}), "damaged XML"),
    "a package that is broken": (lambda: with_files(**{"OPS__book.opf": OPF3.replace("</metadata>", "")}), "damaged XML"),
    "a package that is something else": (lambda: with_files(**{"OPS__book.opf": "<html/>"}), "no package file"),
    "a package with an entity bomb": (lambda: with_files(**{"OPS__book.opf": OPF3.replace("<package", BOMB + "<package").replace("A Book", "&i;")}), "bomb"),
    "a package with a wide entity": (
        lambda: with_files(**{"OPS__book.opf": OPF3.replace("<package", f'<!DOCTYPE x [<!ENTITY a "{"a" * 256}">]><package').replace("A Book", "&a;" * 9000)}),
        "bomb",
    ),
    "a package nested too deep": (lambda: with_files(**{"OPS__book.opf": "<package>" + "<a>" * 100_000 + "</a>" * 100_000 + "</package>"}), "nested more than"),
    "a package in an unknown encoding": (lambda: with_files(**{"OPS__book.opf": OPF3.replace("utf-8", "klingon")}), "no known encoding"),
    "a huge package": (lambda: with_files(**{"OPS__book.opf": OPF3 + " " * 20_000_000}), "larger than"),
    "a path that leads out": (lambda: renamed(b"OPS/../../x"), "leads out"),
    "an absolute path": (lambda: renamed(b"/etc/cron.d/x"), "leads out"),
    "a drive": (lambda: renamed(b"C:/autoexec.bat"), "leads out"),
    "a backslash": (lambda: renamed(b"OPS\\x.css"), "forbidden name"),
    "a NUL in a name": (lambda: renamed(b"OPS/x\0.css"), "forbidden name"),
    "a symbolic link": (linked, "link"),
    "two entries of one name": (twice, "twice"),
    "a zip bomb": (bomb, "zip bomb"),
    "too many entries": (lambda: many_entries(20_001), "20,001 entries"),
    "an entry that says it is huge": (lambda: patched(central=(24, struct.pack("<L", 200_000_001))), "200,000,001 bytes"),
    "an entry that says it is small": (lambda: patched(central=(24, struct.pack("<L", 10))), "lies about the size"),
    "overlapping entries": (overlapping, "overlap"),
    "an encrypted entry": (lambda: patched(central=(8, b"\x01")), "encrypted"),
    "an unknown packing": (lambda: patched(central=(10, b"\x0c")), "method 12"),
    "a name that is not the local header's": (lambda: patched(central=(46, b"X")), "does not fit"),
    "a header behind the end": (lambda: patched(central=(42, b"\xff\xff\xff\x7f")), "damaged zip"),
    "DRM": (lambda: with_files(**{"META-INF__encryption.xml": ENCRYPTION.format(algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc")}), "DRM"),
    "DRM that does not say how": (lambda: with_files(**{"META-INF__encryption.xml": ENCRYPTION.replace('Algorithm="{algorithm}"', "")}), "DRM"),
}
"""What is refused when it is opened, and what the error says among other things."""
