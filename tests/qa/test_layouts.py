"""What is found of a passage at build time is what would be found when asked; a process that answers is set up once."""

import gc
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from corpus.types import BlockKind, Document, Page, Passage
from index.segments.values import HeldValues
from index.tokenizer import shared_tokenizer
from qa.layouts import LayoutStore, PassageLayouts, laid_out
from qa.process_setup import set_up_process

TEXT = """施設のご案内
開館時間　午前９時から午後９時まで
・音楽室
・工作室
・茶室
館長は、作曲家の森田由美子です。雨（強い雨）のときは、休みます。"""


DOCUMENT = Document("d", "案内", "", "", TEXT, (Page(1, 0, len(TEXT)),), ())


def passage(number: int, text: str) -> Passage:
    return Passage(f"d#{number}", "d", 1, (), BlockKind.PARAGRAPH, text, text, 0, len(text))


def stored(*texts: str) -> LayoutStore:
    passages = [passage(number, text) for number, text in enumerate(texts)]
    values = PassageLayouts().values(DOCUMENT, passages)
    return LayoutStore(HeldValues({p.id: value for p, value in zip(passages, values, strict=True)}))


@pytest.mark.parametrize("text", [TEXT, "", "\n", "名 | 数\n港 | 2\n北 | 3"])
def test_a_stored_layout_is_the_one_that_the_text_has(text: str) -> None:
    assert stored(text).get("d#0") == laid_out(text, shared_tokenizer())


def test_a_layout_has_the_lists_labels_and_names_of_its_passage() -> None:
    laid = stored("別の箇所。", TEXT).get("d#1")
    lists = [[TEXT[a:b] for a, b in found.members] for found in laid.lists]
    assert ["音楽室", "工作室", "茶室"] in lists
    assert "開館時間" in [TEXT[slice(*field.label)] for field in laid.fields]
    assert any("人名" in phrase.details for sentence in laid.sentences for phrase in sentence.phrases)


def test_a_passage_of_another_bundle_has_no_layout(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        stored(TEXT).get("d#9")


def test_a_process_that_answers_keeps_blas_to_one_thread_and_its_memory_out_of_collections() -> None:
    try:
        set_up_process()
        assert gc.get_freeze_count() > 0
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
    finally:
        gc.unfreeze()
