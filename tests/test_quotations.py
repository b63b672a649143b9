"""What a work quotes from others is listed with its reference."""

import pytest

from tests import works
from tests.terminal import here
from translate.pipeline import quotations
from translate.pipeline import works as folders

CHAPTER = [
    "He wrote: “The first of all the long sentences that anybody ever quoted here.”<a href='#n1'>1</a> And so on.",
    "As she says, “a sentence that stands with its place in brackets after it” (Smith 1971, p. 12), it was late.",
    "“Short words only,” he said.",
    "In <cite>The Evening Paper</cite> one reads “that nothing at all had happened in the whole of the town”.",
    "“Nobody ever says where this long sentence of mine has come from at all.”",
    '<span id="n1">1</span>. Adam Brown, <em>On Sentences</em> (London, 1902), p. 4.',
]


@pytest.fixture
def folder(tmp_path):
    block = "<blockquote><p>Between rights, force.</p><footer>Capital, chapter 10</footer></blockquote>"
    book = works.epub(tmp_path / "book.epub", [[*CHAPTER, f"x</p>{block}<p>y"]])
    done = here("translate", book, "--from", "en", "--to", "de", "--model", "pseudo", "--out", tmp_path / "out", "--json").json
    return folders.find(done["work"])


def test_each_quotation_has_the_reference_that_the_source_gives(folder):
    found = {one.words.split()[0]: one.reference for one in quotations.of(folder)}

    assert {
        "The": "1. Adam Brown, On Sentences (London, 1902), p. 4.",
        "a": "Smith 1971, p. 12",
        "that": "The Evening Paper",
        "Nobody": "",
        "Between": "Capital, chapter 10",
    } == found


def test_a_block_is_one_whatever_its_length_and_its_footer_is_none(folder):
    found = quotations.of(folder)

    assert ["Between rights, force."] == [one.words for one in found if one.set_off]
    assert not any("Capital" in one.words for one in found)


def test_shorter_ones_are_listed_on_request_with_the_present_translation(folder):
    found = here("quotations", folder.path, "--words", "3", "--json").json["quotations"]
    lines = here("quotations", folder.path).out

    assert "Short words only," in [one["words"] for one in found]
    assert all(one["present"] for one in found)
    assert "5 quotations, 1 of them without a reference." in lines


def test_a_text_file_without_pages_has_its_quotations_too(tmp_path):
    (tmp_path / "text.txt").write_text("He said “that nothing at all had happened in the whole of the town” (Miller 1890).\n", encoding="utf-8")
    done = here("translate", tmp_path / "text.txt", "--from", "en", "--to", "de", "--model", "pseudo", "--out", tmp_path / "out", "--json").json

    (found,) = quotations.of(folders.find(done["work"]))

    assert "Miller 1890" == found.reference
