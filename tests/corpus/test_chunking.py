"""Documents are cut where a reader would cut them, and every passage is verbatim."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.chunking import MAX_LENGTH, chunk
from corpus.library import BUILT_IN, read_folder
from corpus.reading.text import text_document

DUTIES = """市民部

窓口課

(１) 証明書の発行に関すること。

(２) 住居表示に関すること。

支援係

(１) 相談の受付に関すること。
"""


def test_each_division_and_its_duties_make_one_passage() -> None:
    passages = chunk(text_document(DUTIES, id="duties", title="事務分掌"))
    assert [passage.heading for passage in passages] == [("市民部", "窓口課"), ("市民部", "窓口課", "支援係")]
    assert "住居表示" in passages[0].text


def test_every_passage_of_the_built_in_documents_is_verbatim() -> None:
    documents, problems = read_folder(BUILT_IN)
    assert problems == []
    for document in documents:
        for passage in chunk(document):
            assert document.text[passage.start : passage.end] == passage.text
            assert document.page_at(passage.start) == passage.page


def test_the_built_in_passages_hold_every_character_of_their_documents() -> None:
    documents, _ = read_folder(BUILT_IN)
    for document in documents:
        covered = "".join(passage.text for passage in chunk(document))
        assert len("".join(covered.split())) == len("".join(document.text.split()))


@given(st.text(alphabet="あい。\n　 (1)・題章、", max_size=400))
def test_any_text_is_cut_into_verbatim_passages_of_bounded_length(raw: str) -> None:
    document = text_document(raw, id="any", title="任意")
    for passage in chunk(document):
        assert document.text[passage.start : passage.end] == passage.text
        longest = max(len(line) for line in passage.text.split("\n"))
        assert len(passage.text) <= max(MAX_LENGTH, longest)


def test_a_heading_above_is_searched_but_not_quoted() -> None:
    text = "１　防災\n\n" + "・避難所を開設します。長い説明が続きます。" * 30 + "\n"
    passages = chunk(text_document(text, id="plan", title="計画"))
    assert len(passages) > 1
    assert "防災" in passages[-1].indexed_text
    assert "防災" not in passages[-1].text
