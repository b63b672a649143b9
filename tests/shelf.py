"""Books for tests: small ones built from strings, our samples, and the corpus where it is there."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = tuple(sorted((ROOT / "books").glob("*.epub")))
CORPUS_FOLDER = Path(os.environ.get("DRAGOMAN_CORPUS") or ROOT.parent / "shared" / "corpus")
CORPUS = tuple(sorted(CORPUS_FOLDER.glob("*.epub")))

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

OPF3 = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="en" unique-identifier="uid">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="uid">urn:isbn:9780000000001</dc:identifier>
    <meta refines="#uid" property="identifier-type" scheme="onix:codelist5">15</meta>
    <dc:title>A Book</dc:title>
    <dc:language>en</dc:language>
    <dc:creator>A. Writer</dc:creator>
    <meta property="dcterms:modified">2020-01-01T00:00:00Z</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine toc="ncx">
    <itemref idref="one"/>
    <itemref idref="two"/>
  </spine>
</package>
"""

OPF2 = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uid">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
    <dc:identifier id="uid" opf:scheme="ISBN">9780000000001</dc:identifier>
    <dc:title>A Book</dc:title>
    <dc:language>en-GB</dc:language>
  </metadata>
  <manifest>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine toc="ncx">
    <itemref idref="one"/>
    <itemref idref="two"/>
  </spine>
</package>
"""

NAV = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Contents</title></head>
<body>
<nav epub:type="toc"><h1>Contents</h1>
<ol>
<li><a href="text/one.xhtml">The First Day</a></li>
<li><a href="text/two.xhtml#second">The Second Day</a></li>
<li><a href="text/two.xhtml#end">How it ended</a></li>
</ol></nav>
</body>
</html>
"""

NCX = """<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="en">
  <head><meta name="dtb:uid" content="urn:isbn:9780000000001"/></head>
  <docTitle><text>A Book</text></docTitle>
  <navMap>
    <navPoint id="p1" playOrder="1"><navLabel><text>The First  Day</text></navLabel><content src="text/one.xhtml"/></navPoint>
    <navPoint id="p2" playOrder="2"><navLabel><text>The Second Day</text></navLabel><content src="text/two.xhtml#second"/></navPoint>
    <navPoint id="p3" playOrder="3"><navLabel><text>How it ended</text></navLabel><content src="text/two.xhtml#end"/></navPoint>
  </navMap>
</ncx>
"""

ONE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
<head><title>The First Day</title></head>
<body>
<h1>The First Day</h1>
<p>He woke <em>early</em>, and went <a href="two.xhtml#second">on</a>.</p>
</body>
</html>
"""

TWO = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
<head><title>A Book</title></head>
<body>
<section id="second"><h1><span class="section-number">2. </span>The Second Day</h1>
<p>He slept late.</p></section>
<section id="end"><h2>The End</h2><p>There was no more.</p></section>
</body>
</html>
"""

THREE = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OPS/book.opf": OPF3,
    "OPS/nav.xhtml": NAV,
    "OPS/toc.ncx": NCX,
    "OPS/text/one.xhtml": ONE,
    "OPS/text/two.xhtml": TWO,
    "OPS/left-over.txt": "not in the manifest",
}
"""A small EPUB 3 with nav and NCX."""

NCX2 = NCX.replace("urn:isbn:9780000000001", "9780000000001")
XHTML11 = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
OLD = {name: page.replace("<!DOCTYPE html>", XHTML11).replace("section ", "div ").replace("/section>", "/div>") for name, page in (("one", ONE), ("two", TWO))}
TWO_FILES = {name: data for name, data in THREE.items() if name != "OPS/nav.xhtml"} | {
    "OPS/book.opf": OPF2,
    "OPS/toc.ncx": NCX2,
    "OPS/text/one.xhtml": OLD["one"].replace(' lang="en"', ""),
    "OPS/text/two.xhtml": OLD["two"].replace(' lang="en"', ""),
}
"""The same as EPUB 2, with an NCX only."""


def pack(files: Mapping[str, str | bytes | None], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files in this order, all of one date; a file that is None is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            if data is not None:
                archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), data, compress_type=zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Every entry of a zip by name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
