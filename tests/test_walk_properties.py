"""What holds of every document, whatever is in it."""

from __future__ import annotations

import os
import re
from collections import Counter
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markup import anything, bodies, inlines
from tests.walk_cases import balance, content, page_of
from translate.document import Runs, plain
from translate.errors import SourceError
from translate.formats.walk import Bilingual, Page

TAG = re.compile(r"""<(?!!--|\?|!\[)[^"'>]*(?:'[^']*'[^"'>]*|"[^"]*"[^"'>]*)*>""")
RUBY = re.compile(r"</?(?:ruby|rt)>")
quick = settings(max_examples=int(os.environ.get("DRAGOMAN_EXAMPLES", "40")), deadline=None)


def tags(markup: str) -> Counter[str]:
    """Every tag of some markup, ruby apart, which goes when the words change."""
    return Counter(TAG.findall(RUBY.sub("", re.sub(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", "", markup, flags=re.DOTALL))))


def read(data: bytes) -> ElementTree.Element:
    """The document as a strict XML reader sees it."""
    return ElementTree.fromstring(data.replace(b"&nbsp;", b"&#160;").replace(b"&shy;", b"&#173;").replace(b"&what;", b"?"))


def changed(page: Page, draw: st.DataObject) -> dict[str, Runs]:
    """A target of any sort for every slot of the page."""
    return {slot.address: draw.draw(anything) for slot in page.slots}


@quick
@given(bodies)
def test_every_visible_character_is_accounted_for_once(body: str) -> None:
    assert balance(page_of(body)) == 0


@quick
@given(bodies)
def test_an_echo_is_the_document(body: str) -> None:
    page = page_of(body)

    assert page.splice({slot.address: slot.source for slot in page.slots}) is page.data
    assert len({slot.address for slot in page.slots}) == len(page.slots)


@quick
@given(bodies)
def test_changing_one_slot_changes_only_its_span(body: str) -> None:
    page = page_of(body)
    for slot in page.slots:
        start, end = page.span(slot.address)

        written = page.splice({slot.address: ("Neu",)})

        assert page.data[:start] == written[:start]
        assert page.data[end:] == written[len(written) - len(page.data) + end :]
        read(written)


@quick
@given(bodies, st.data())
def test_any_runs_give_a_well_formed_document_with_every_tag_once(body: str, draw: st.DataObject) -> None:
    page = page_of(body)

    written = page.splice(changed(page, draw))

    read(written)
    wanted = {re.sub(r"(alt|title)='[^']*'", r"\1", tag): count for tag, count in tags(content(page.data)).items()}
    got = Counter[str]()
    for tag, count in tags(content(written)).items():
        got[re.sub(r"(alt|title)='[^']*'", r"\1", tag)] += count
    assert wanted == got


@quick
@given(bodies, st.data())
def test_bilingual_pages_are_well_formed_and_no_id_is_there_twice(body: str, draw: st.DataObject) -> None:
    numbers = iter(range(10_000))
    page = page_of(re.sub("id='q'", lambda found: f"id='q{next(numbers)}'", body))

    written = read(page.splice(changed(page, draw), bilingual=Bilingual("en", "ar", "ltr", "rtl")))

    ids = [element.get("id") for element in written.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@quick
@given(inlines)
def test_what_is_written_is_read_again(body: str) -> None:
    page = page_of(f"<p>{body}</p>")
    own = [slot for slot in page.slots if slot.address == "/4/2"]
    targets = {slot.address: ("Neu ", *slot.source, " neu") for slot in own}

    again = page_of(content(page.splice(targets)))

    for slot in own:
        said = next(other for other in again.slots if other.address == slot.address)
        assert bare(targets[slot.address]) == bare(said.source)


def bare(runs: Runs) -> str:
    """The words and the atoms' text without white space."""
    return "".join(plain(runs, atoms=True).split())


@quick
@given(st.text(alphabet="<>/&;abp \"'=!-[]?\n\x01é", max_size=60))
def test_soup_is_walked_or_refused_in_one_line(text: str) -> None:
    try:
        page = page_of(text)
    except SourceError:
        return
    assert balance(page) == 0
    assert page.splice({}) is page.data
    written = page.splice({slot.address: ("Neu",) for slot in page.slots}, root={"lang": "de"})
    ElementTree.fromstring(re.sub(rb"&[abp]+;", b"?", written))
