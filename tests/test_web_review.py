"""The review as pages: a decision leads to the next passage, nobody is overwritten, text of a book never becomes markup."""

from __future__ import annotations

import html
import json
import re

import pytest

from tests import desk, works
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order
from translate.pipeline.desk import shelf
from translate.pipeline.progress import Silent
from translate.pipeline.review import decisions

CHAPTERS = [
    [f"The <em>old</em> press of house {number} ran all night, and nobody slept in street {number + 20}." for number in range(6)],
    ["One &lt;script&gt;alert(1)&lt;/script&gt; line."],
]
PIECES = re.compile(r'data-pieces="([^"]*)"')
SEEN = re.compile(r'data-seen="(\d*)"')
SEGMENT = re.compile(r'data-passage="(\w+)"')


def wrong(request):
    """Answers in which half of the streets have another number."""
    return re.sub(r"\b2([135])\b", r"9\1", works.answer(request))


@pytest.fixture
def served(tmp_path):
    wanted = desk.settings(tmp_path)
    source = works.epub(tmp_path / "small.epub", CHAPTERS)
    order.carry_out(order.Order(source, "de", out=wanted.out, tries=1, jobs=1), Silent(), model=Scripted(wrong, profile=Profile("scripted", chunk=120)))
    with desk.serving(wanted) as running:
        yield running


def base(served):
    return f"/works/{shelf.key_of(served.desk.shelf.folders()[0])}"


def opened(text):
    """What the page's field is given: the passage, the wording, the draft that stood."""
    return SEGMENT.search(text)[1], json.loads(html.unescape(PIECES.search(text)[1])), SEEN.search(text)[1]


def test_approving_leads_to_the_next_doubtful_passage_and_the_wording_is_kept(served):
    owner = served.owner()
    first, pieces, seen = opened(owner.get(f"{base(served)}/review").text)
    typed = [piece if isinstance(piece, list) else piece.replace("9", "2") for piece in pieces]

    answer = owner.post(f"{base(served)}/passages/{first}/approve", {"pieces": json.dumps(typed), "seen": seen, "queue": "doubtful"})
    second, _, _ = opened(answer.text)

    pair = served.desk.shelf.store(base(served).split("/")[-1]).pair(first)
    assert first != second
    assert "approved" == pair.status
    assert "9" not in pair.draft.text
    assert second in answer.headers["HX-Push-Url"]


def test_a_page_that_is_older_than_anothers_decision_overwrites_nothing(served):
    ann, ben = served.owner(), served.owner()
    first, pieces, seen = opened(ann.get(f"{base(served)}/review").text)
    fields = {"seen": seen, "queue": "doubtful"}
    ann.post(f"{base(served)}/passages/{first}/approve", {**fields, "pieces": json.dumps([piece if isinstance(piece, list) else "Hers" for piece in pieces])})

    answer = ben.post(
        f"{base(served)}/passages/{first}/approve", {**fields, "pieces": json.dumps([piece if isinstance(piece, list) else "His" for piece in pieces])}
    )

    assert "while you worked on it" in answer.text
    assert "His" in html.unescape(PIECES.search(answer.text)[1])
    assert "Hers" in served.desk.shelf.store(base(served).split("/")[-1]).pair(first).draft.text


def test_what_is_typed_is_judged_and_kept_and_shown_again(served):
    owner = served.owner()
    first, pieces, seen = opened(owner.get(f"{base(served)}/review").text)
    typed = [piece if isinstance(piece, list) else piece.replace("night", "99 nights") for piece in pieces]

    judged = owner.post(f"{base(served)}/passages/{first}/jot", {"pieces": json.dumps([*typed[:-1], "77"]), "seen": seen})
    again, kept, _ = opened(owner.get(f"{base(served)}/review?segment={first}").text)

    assert "77" in judged.text
    assert 'class="finding' in judged.text
    assert again == first
    assert "77" == kept[-1]


def test_a_book_that_holds_markup_as_text_shows_it_as_text(served):
    page = served.owner().get(f"{base(served)}/review?queue=source:script").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("approve", {"pieces": "[[", "seen": ""}),
        ("approve", {"pieces": "[" * 100_000, "seen": ""}),
        ("approve", {"pieces": json.dumps(["no formatting"]), "seen": "3"}),
        ("jot", {"pieces": "", "seen": ""}),
        ("restore", {"draft": "99999999"}),
        ("restore", {"draft": "x"}),
        ("reopen", {"seen": ""}),
        ("dismiss", {"check": "nonsense"}),
        ("approve", {"queue": "nonsense"}),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(served, path, fields):
    owner = served.owner()
    first, _, seen = opened(owner.get(f"{base(served)}/review").text)
    store = served.desk.shelf.store(base(served).split("/")[-1])
    before = store.pair(first)

    answer = owner.post(f"{base(served)}/passages/{first}/{path}", {"queue": "doubtful", "seen": seen, **fields})

    assert 400 <= answer.status_code < 500
    assert before == store.pair(first)


def test_a_segment_that_is_none_is_not_there(served):
    owner = served.owner()

    assert 422 == owner.get(f"{base(served)}/review?segment=../../etc").status_code
    assert 422 == owner.post(f"{base(served)}/passages/bbbbbbbb/approve", {"queue": "doubtful"}).status_code


def test_a_word_is_shown_elsewhere_and_search_replaces_what_was_ticked(served):
    owner = served.owner()
    there = owner.get(f"{base(served)}/concordance?words=press&side=source").text
    shown = owner.get(f"{base(served)}/search?words=2&side=target&instead=8").text
    places = re.findall(r'name="place" value="(\w+:\d+)"', shown)
    owner.post(f"{base(served)}/search", {"words": "2", "instead": "8", "place": places[0]})

    store = served.desk.shelf.store(base(served).split("/")[-1])
    assert 6 == there.count('<mark class="hit">press</mark>')
    assert len(places) > 1
    assert {"approved"} == {store.pair(place.split(":")[0]).status for place in places[:1]}
    assert "approved" not in {store.pair(place.split(":")[0]).status for place in places[1:]}


def test_a_ticked_place_that_somebody_changed_meanwhile_is_left_alone_and_told(served):
    owner = served.owner()
    store, folder = served.desk.shelf.store(base(served).split("/")[-1]), served.desk.shelf.folders()[0]
    places = re.findall(r'name="place" value="(\w+:\d+)"', owner.get(f"{base(served)}/search?words=2&side=target&instead=8").text)
    overtaken, left = (place.split(":")[0] for place in places[:2])
    stood = store.pair(overtaken)
    decisions.approve(store, folder, overtaken, who="Ben", seen=stood.state.draft, target=(*stood.draft.target, " Ben, 2."))

    told = owner.client.post(f"{base(served)}/search", data={"form_word": owner.word, "words": "2", "instead": "8", "place": places[:2]}, headers={"origin": served.address}).text

    assert store.pair(overtaken).draft.text.endswith(" Ben, 2.")
    assert "8" in store.pair(left).draft.text
    assert "1 passage was changed and is approved" in told
    assert f'segment={overtaken}">' in told


def test_a_finding_that_is_dismissed_is_gone_and_its_reason_is_kept(served):
    owner = served.owner()
    page = owner.get(f"{base(served)}/review?queue=check:numbers").text
    first, _, seen = opened(page)

    owner.post(f"{base(served)}/passages/{first}/dismiss", {"check": "numbers", "reason": "a joke", "queue": "doubtful", "seen": seen})

    store = served.desk.shelf.store(base(served).split("/")[-1])
    assert "numbers" not in {finding.check for finding in store.pair(first).findings}
    assert {"a joke"} == {one.reason for one in store.dismissing.all()}
