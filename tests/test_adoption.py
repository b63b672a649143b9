"""An existing human translation becomes the start of a work: what is certain is a person's wording, what is doubtful is listed."""

import time

import pytest

from tests import works
from tests.terminal import here
from translate import aligner
from translate.document import plain
from translate.errors import DragomanError, SourceError
from translate.formats import open_source
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import memories
from translate.pipeline.interchange import adoption
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent
from translate.store import Store

ENGLISH = [
    [
        "The printers of the first house worked twelve hours a day, and nobody asked them why.",
        "In 1848 they laid down their tools and walked to the square in front of the old town hall.",
        "She wrote a <em>short</em> letter to her brother, who lived beyond the river.",
        "Nothing came of it.",
        "The winter was long, and bread was dear, and the children went to bed without supper.",
    ]
]
GERMAN = [
    [
        "Die Drucker des ersten Hauses arbeiteten zwölf Stunden am Tag, und niemand fragte sie, warum.",
        "1848 legten sie die Werkzeuge nieder und gingen zum Platz vor dem alten Rathaus.",
        "Sie schrieb einen <em>kurzen</em> Brief an ihren Bruder, der jenseits des Flusses lebte.",
        "Es wurde nichts daraus.",
        "Der Winter war lang, das Brot war teuer, und die Kinder gingen ohne Abendessen zu Bett.",
    ]
]


def german(path, chapters=GERMAN):
    made = works.epub(path, chapters, title="Ein kleines Buch")
    import zipfile

    with zipfile.ZipFile(made) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace(b"<dc:language>en", b"<dc:language>de")
    with zipfile.ZipFile(made, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return made


@pytest.fixture
def source(tmp_path):
    return works.epub(tmp_path / "book.epub", ENGLISH)


def adopted(source, other, tmp_path, **options):
    folder = adoption.find(str(source), to="de", out=tmp_path / "out")
    return adoption.adopt(folder, other, **options)


def wordings(folder):
    with Store.open(folder.store, readonly=True) as store:
        return {pair.segment.text: pair for pair in store.pairs()}


def test_a_translation_with_the_same_structure_is_adopted_as_a_persons_wording(source, tmp_path):
    done = adopted(source, german(tmp_path / "other.epub"), tmp_path, who="Ada")

    found = wordings(done.folder)
    assert ("approved", "Es wurde nichts daraus.", "Ada") == (found["Nothing came of it."].status, found["Nothing came of it."].draft.text, found["Nothing came of it."].draft.model)
    letter = found["She wrote a short letter to her brother, who lived beyond the river."]
    assert letter.segment.source[1] == letter.draft.target[1]


def test_an_unfinished_translation_is_completed_and_what_a_person_wrote_is_not_asked_for(source, tmp_path):
    half = [[*GERMAN[0][:2], *ENGLISH[0][2:]]]
    done = adopted(source, german(tmp_path / "other.epub", half), tmp_path)
    model = Scripted(works.answer, profile=Profile("scripted"))

    carry_out(Order(source, "de", model="hosted:scripted", out=tmp_path / "out"), Silent(), model=model)

    asked = {text for request in model.requests for _, text in works.asked(request)}
    found = wordings(done.folder)
    assert GERMAN[0][0] == found[ENGLISH[0][0]].draft.text
    assert ENGLISH[0][0] not in asked
    assert {ENGLISH[0][3], ENGLISH[0][4]} <= asked
    assert not {text for text, pair in found.items() if pair.status == "pending"}


def test_what_is_doubtful_is_listed_not_adopted_and_shown_to_the_model(source, tmp_path):
    lost = [[*GERMAN[0][:2], "Sie schrieb einen kurzen Brief an ihren Bruder, der jenseits des Flusses lebte.", *GERMAN[0][3:]]]
    done = adopted(source, german(tmp_path / "other.epub", lost), tmp_path)
    model = Scripted(works.answer, profile=Profile("scripted"))

    carry_out(Order(source, "de", model="hosted:scripted", out=tmp_path / "out"), Silent(), model=model)

    assert ["Its formatting, notes or links are not those of the source."] == [doubt.why for doubt in done.doubts if "letter" in doubt.source]
    prompt = next(message for request in model.requests for _, message in request.messages if "<1>short</1>" in message)
    assert "Sie schrieb einen kurzen Brief an ihren Bruder" in prompt
    with Store.open(done.folder.store, readonly=True) as store:
        segment = next(one for one in store.segments() if "letter" in one.text).id
    assert ["Sie schrieb einen kurzen Brief an ihren Bruder, der jenseits des Flusses lebte."] == [plain(one.target) for one in memories.suggestions(done.folder, segment)]


def test_a_passage_left_out_makes_no_neighbour_move_up(tmp_path, source):
    """A text file has no structure: what stands beside a gap is listed rather than adopted wrongly."""
    short = [*GERMAN[0][:1], *GERMAN[0][3:]]
    (tmp_path / "other.md").write_text("\n\n".join(["# Kapitel 0", *short]).replace("<em>", "*").replace("</em>", "*"), encoding="utf-8")

    done = adopted(source, tmp_path / "other.md", tmp_path)

    pairs = dict(zip(ENGLISH[0], GERMAN[0], strict=True))
    found = {text: pair.draft.text for text, pair in wordings(done.folder).items() if pair.status == "approved" and text in pairs}
    assert {text: pairs[text] for text in found} == found
    assert done.doubts


@pytest.mark.parametrize(("source", "target", "strange"), [(100, 120, False), (100, 190, True), (100, 55, True), (1000, 1500, False), (1000, 1900, True), (12, 24, False), (12, 40, True)])
def test_a_translation_has_about_the_length_of_one(source, target, strange):
    assert strange == adoption.strange_length(("a" * source,), ("b" * target,), usual=1.1)


def test_words_that_were_left_as_they_are_in_the_source_are_not_adopted(tmp_path):
    chapter = ["Copyright 1997 Christian Schwarz and Company Limited", ENGLISH[0][0]]
    done = adopted(works.epub(tmp_path / "book.epub", [chapter]), german(tmp_path / "other.epub", [[chapter[0], GERMAN[0][0]]]), tmp_path)

    found = wordings(done.folder)
    assert ("pending", "approved") == (found[chapter[0]].status, found[chapter[1]].status)


def test_pairs_of_another_tool_are_adopted_where_the_source_is_word_for_word_the_same(source, tmp_path):
    rows = [(ENGLISH[0][0], GERMAN[0][0]), (ENGLISH[0][3], GERMAN[0][3]), ("Something else.", "Etwas anderes.")]
    (tmp_path / "pairs.tsv").write_text("".join(f"{one}\t{other}\n" for one, other in rows), encoding="utf-8")

    done = adopted(source, tmp_path / "pairs.tsv", tmp_path)

    assert (2, ()) == (done.adopted, done.doubts)


def test_what_a_person_approved_before_stays(source, tmp_path):
    first = adopted(source, german(tmp_path / "other.epub"), tmp_path, who="Ada")
    again = [[text.replace("Brot", "Mehl") for text in GERMAN[0]]]

    second = adopted(source, german(tmp_path / "again.epub", again), tmp_path, who="Berta")

    assert (0, first.adopted) == (second.adopted, second.kept)


def test_a_translation_into_another_language_is_refused(source, tmp_path):
    with pytest.raises(DragomanError, match="says it is in 'en'"):
        adopted(source, works.epub(tmp_path / "other.epub", ENGLISH), tmp_path)


@pytest.mark.parametrize("text", ["zeile eins\n" * 200_000, "zeile eins\n\n" * 20_000], ids=["one passage without end", "passages without end"])
def test_what_is_many_times_longer_than_the_work_is_refused_at_once(source, tmp_path, text):
    (tmp_path / "big.txt").write_text(text, encoding="utf-8")
    began = time.process_time()

    with pytest.raises(SourceError, match="cut out the part that is its translation"):
        adopted(source, tmp_path / "big.txt", tmp_path)

    assert time.process_time() - began < 5


def test_adopt_answers_in_lines_and_in_json_and_a_dry_run_keeps_nothing(source, tmp_path):
    other = german(tmp_path / "other.epub")

    dry = here("adopt", source, other, "--to", "de", "--out", tmp_path / "out", "--dry-run", "--json")
    lines = here("adopt", source, other, "--to", "de", "--out", tmp_path / "out")

    assert (0, True) == (dry.code, dry.json["adopted"] > 4)
    assert f"{dry.json['adopted']} passages of other.epub are adopted" in lines.out


SENTENCES = [
    ("The printers of house {n} worked twelve hours a day.", "Die Drucker des Hauses {n} arbeiteten zwölf Stunden am Tag."),
    ("Nobody in the town asked them why they did it, and they never said it.", "Niemand in der Stadt fragte sie, warum sie es taten, und sie sagten es nie."),
    ("Then a letter came from beyond the river, and it changed everything.", "Dann kam ein Brief von jenseits des Flusses, und er änderte alles."),
]


def test_of_a_translation_whose_paragraphs_are_merged_none_is_adopted_with_its_neighbours_words(tmp_path):
    pairs = [SENTENCES[number % 3] for number in range(60)]
    source = works.epub(tmp_path / "book.epub", [[one.format(n=100 + number) for number, (one, _) in enumerate(pairs)]])
    there = [other.format(n=100 + number) for number, (_, other) in enumerate(pairs)]
    merged = [" ".join(there[at : at + 2]) if at % 4 == 0 else "\n\n".join(there[at : at + 2]) for at in range(0, 60, 2)]
    (tmp_path / "other.txt").write_text("\n\n".join(merged), encoding="utf-8")

    done = adopted(source, tmp_path / "other.txt", tmp_path)

    taken = [pair.draft.text for pair in wordings(done.folder).values() if pair.status == "approved"]
    assert [] == [text for text in taken if text not in there]
    assert any("cut into passages differently" in one.why for one in done.doubts)


def test_beside_a_merged_passage_nothing_is_adopted_by_its_length(tmp_path, source):
    lines = [" ".join(text.replace("<em>", "").replace("</em>", "").split()) for text in GERMAN[0]]
    (tmp_path / "other.txt").write_text("\n\n".join([lines[0], f"{lines[1]} {lines[2]}", *lines[3:]]), encoding="utf-8")

    done = adopted(source, tmp_path / "other.txt", tmp_path)

    taken = [pair.draft.text for pair in wordings(done.folder).values() if pair.status == "approved"]
    assert not {lines[0], lines[3]} & set(taken)
    assert any("one with others there" in one.why for one in done.doubts)


def test_what_lengths_alone_put_near_a_gap_is_not_adopted(tmp_path):
    """The third paragraph is missing; by its length the fourth is taken for it, and the gap stands at the end."""
    english = [
        "The printers of the first house worked all day, and nobody asked them why.",
        "In that year they walked to the square in front of the old town hall.",
        "She wrote a long letter to her brother, who lived beyond the river, and she told him of it.",
        "The answer came late and was read aloud to all who could not read it for themselves.",
        "The winter was long, and bread was dear, and the children went to bed hungry.",
    ]
    german_ = [
        "Die Drucker des ersten Hauses arbeiteten den ganzen Tag, und niemand fragte sie, warum.",
        "In jenem Jahr gingen sie zum Platz vor dem alten Rathaus.",
        "Die Antwort kam spät und wurde allen vorgelesen, die sie nicht selbst lesen konnten.",
        "Der Winter war lang, das Brot war teuer, und die Kinder gingen hungrig zu Bett.",
    ]
    (tmp_path / "other.txt").write_text("\n\n".join(german_), encoding="utf-8")
    (tmp_path / "book.txt").write_text("\n\n".join(english), encoding="utf-8")
    folder = adoption.find(str(tmp_path / "book.txt"), to="de", from_="en", out=tmp_path / "out")

    done = adoption.adopt(folder, tmp_path / "other.txt")

    taken = [pair.draft.text for pair in wordings(folder).values() if pair.status == "approved"]
    assert german_[:2] == taken
    assert any("A passage near it" in one.why for one in done.doubts)


def test_what_any_language_writes_alike_is_shared():
    assert aligner.shared(("In 1848, all left.",), ("1848 gingen alle.",))
    assert aligner.shared(("See https://example.org/a.",), ("Siehe https://example.org/a",))
    assert not aligner.shared(("In 1848 all left.",), ("1849 gingen alle.",))
    assert not aligner.shared(("All left.",), ("Alle gingen.",))


@pytest.mark.slow
@pytest.mark.parametrize(("cut", "least"), [("every twentieth left out", 300), ("every two merged", 0)])
def test_of_a_real_translation_without_structure_next_to_nothing_is_adopted_wrongly(corpus, tmp_path, cut, least):
    """The German developers' reference as plain text, against its structure as the truth."""
    english, german_ = corpus / "developers-reference.epub", corpus / "developers-reference-de.epub"
    slots = [slot for document in open_source(german_, language="de").documents() if document.kind == "content" for slot in document.slots if slot.kind != "title"]
    texts = [" ".join(plain(slot.source, atoms=True).split()) for slot in slots]
    merged = [" ".join(texts[at : at + 2]) for at in range(0, len(texts), 2)]
    kept = merged if least == 0 else [text for place, text in enumerate(texts) if place % 20]
    (tmp_path / "other.txt").write_text("\n\n".join(kept), encoding="utf-8")
    truth = adoption.adopt(adoption.find(str(english), to="de", from_="en", out=tmp_path / "truth"), german_)
    right = {text: pair.draft.text for text, pair in wordings(truth.folder).items() if pair.status == "approved"}

    done = adoption.adopt(adoption.find(str(english), to="de", from_="en", out=tmp_path / "out"), tmp_path / "other.txt")

    taken = {text: pair.draft.text for text, pair in wordings(done.folder).items() if pair.status == "approved" and text in right}
    wrong = [text for text, wording in taken.items() if " ".join(wording.split()) != " ".join(right[text].split())]
    assert len(taken) >= least
    assert len(wrong) <= 0.01 * len(taken)
