"""What goes out as XLIFF is valid by OASIS's own schemas, where a package of the system brings them (Debian: php-symfony-translation)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests import works
from tests.test_transfer import BOOK, outgoing_of, sent, texts
from translate.exchange import xliff_out
from translate.exchange.outgoing import Errand, Note
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent

HOME = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
NAMES = {"1.2": "xliff-core-1.2-strict.xsd", "2.1": "xliff-core-2.0.xsd"}
"""The core of 2.1 is that of 2.0: the same namespace, no element changed."""


@pytest.fixture(scope="module")
def schemas():
    if not HOME.is_dir():
        pytest.skip("OASIS's schemas are not on this machine: apt-get install php-symfony-translation")
    return {version: _schema(HOME / name) for version, name in NAMES.items()}


def _schema(path):
    """The schema, with W3C's schema of xml: from beside it, not from the network."""
    tree = etree.parse(str(path))
    for one in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
        one.set("schemaLocation", str(HOME / "xml.xsd"))
    return etree.XMLSchema(tree)


def faults(schema, path):
    return [] if schema.validate(etree.parse(str(path))) else [str(one) for one in schema.error_log]


@given(texts(), st.sampled_from(["machine", "flagged", "approved"]), st.sampled_from(["1.2", "2.1"]))
def test_every_text_goes_out_valid_by_the_standards_own_schema(schemas, tmp_path_factory, pair, state, version):
    path = tmp_path_factory.mktemp("xliff") / "out.xlf"
    notes = (Note("finding", "Wrong: \x00 <here>", grave=True), Note("term", "a = b"))

    xliff_out.write(path, Errand("T", "en", "de", [outgoing_of(state, *pair, notes)]), version=version)

    assert [] == faults(schemas[version], path)


@pytest.mark.parametrize("form", ["xliff 1.2", "xliff 2.1"])
def test_a_whole_work_goes_out_valid_by_the_standards_own_schema(schemas, tmp_path, form):
    book = works.epub(tmp_path / "book.epub", BOOK)
    (tmp_path / "terms.csv").write_text("source,target,note\nhouse,Gebäude,always\n", encoding="utf-8")
    order = Order(book, "de", model="hosted:scripted", out=tmp_path / "out", glossaries=(tmp_path / "terms.csv",))
    folder = carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted"))).folder

    assert [] == faults(schemas[form.split()[1]], sent(folder, form))


def test_a_file_that_is_not_valid_is_seen(schemas, tmp_path):
    path = tmp_path / "out.xlf"
    xliff_out.write(path, Errand("T", "en", "de", [outgoing_of("machine", ("A",), ("B",))]), version="1.2")
    path.write_text(path.read_text(encoding="utf-8").replace("<source", "<sauce").replace("</source", "</sauce"), encoding="utf-8")

    assert faults(schemas["1.2"], path)
