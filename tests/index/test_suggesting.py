"""What is suggested while a person types: what there is to suggest, and what is found of it."""

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.reading.text import text_document
from corpus.types import Block, BlockKind, Document, Page
from index.suggesting.compared_forms import folded, spoken
from index.suggesting.gathering import suggestions_of
from index.suggesting.stored_suggestions import SegmentSuggestions
from index.suggesting.suggester import Suggester
from index.suggesting.suggestions_file import SUGGESTIONS_FILE, SuggestionsFile, write_suggestions
from index.suggesting.types import Spelled, Suggestion, SuggestionKind
from index.tokenizer import shared_tokenizer

GUIDE = """第1章 くらしの手続
■ 旅券の申請
旅券（パスポート）の申請は、市民課の３番窓口で受け付けます。必要なものは次のとおりです。

【よくある質問】
Ｑ１　ごみはいつ出せばよいですか。
A　朝８時までに出してください。
問２：転入届はどこで出しますか。
答　市民課で受け付けます。
問い合わせ先　市民課（電話000-000-0000）
Q.
水道を止めるにはどうしますか
A　水道局へお電話ください。

名称　所在地　電話
"""


def _spelled(*suggestions: Suggestion) -> list[Spelled]:
    tokens = shared_tokenizer().tokens
    return [Spelled(s, folded(s.text), spoken(s.text, tokens)) for s in suggestions]


def _heading(text: str, document: str = "d") -> Suggestion:
    return Suggestion(text, SuggestionKind.HEADING, document, 1)


def _suggester(folder: Path, *segments: Sequence[Suggestion], removed: Sequence[str] = ()) -> Suggester:
    opened = []
    for number, suggestions in enumerate(segments):
        path = folder / f"{number}.sqlite"
        path.unlink(missing_ok=True)
        write_suggestions(path, _spelled(*suggestions))
        opened.append(SegmentSuggestions(path, removed))
    return Suggester(opened, shared_tokenizer())


def _texts(suggester: Suggester, typed: str, k: int = 8) -> list[str]:
    return [suggestion.text for suggestion in suggester.suggest(typed, k)]


def test_title_headings_and_labelled_questions_are_suggested_without_their_marks() -> None:
    document = text_document(GUIDE, id="guide", title="くらしの便利帳【概要版】")
    found = [(s.kind.value, s.text) for s in suggestions_of(document)]
    assert found == [
        ("title", "くらしの便利帳【概要版】"),
        ("heading", "くらしの手続"),
        ("heading", "旅券の申請"),
        ("heading", "よくある質問"),
        ("question", "ごみはいつ出せばよいですか"),
        ("question", "転入届はどこで出しますか"),
        ("question", "水道を止めるにはどうしますか"),
    ]


def test_a_heading_that_asks_is_a_question_and_knows_its_page() -> None:
    first = "はじめに\nこの冊子は、市の手続をまとめたものです。\n\n"
    second = "１　引っ越したら何をすればよいですか\n転出届と転入届を出します。新しい住所で出してください。"
    found = suggestions_of(text_document(f"{first}\f{second}", id="d", title="手引"))
    assert Suggestion("引っ越したら何をすればよいですか", SuggestionKind.QUESTION, "d", 2) in found


@pytest.mark.parametrize("piece", ["1.", "Q1", "Q ", "【", "(1)", "か？", "■", " ", "第1章"])
def test_a_line_of_nothing_but_marks_is_passed_over_at_once(piece: str) -> None:
    text = piece * 100_000
    blocks = (Block(BlockKind.HEADING, 0, len(text), 1), Block(BlockKind.HEADING, 0, 300, 1))
    document = Document("d", "題名", "", "", text, (Page(1, 0, len(text)),), blocks)
    started = process_time()
    found = suggestions_of(document)
    assert process_time() - started < 0.5
    assert {suggestion.text for suggestion in found} <= {"題名"}


@pytest.mark.parametrize("typed", ["旅券", "ﾘｮｹﾝ", "りょけん", "旅券のしん", "りょけんのしん", " 旅 券 "])
def test_what_is_typed_in_any_script_finds_the_kanji(typed: str, tmp_path: Path) -> None:
    assert _texts(_suggester(tmp_path, [_heading("旅券の申請")]), typed) == ["旅券の申請"]


def test_beginnings_come_first_then_what_holds_it_then_what_is_read_so_and_short_before_long(
    tmp_path: Path,
) -> None:
    texts = ["海の家", "海の家を借りる", "夏のうみ", "うみべの公園", "海", "青い海の橋"]
    suggester = _suggester(tmp_path, [_heading(text) for text in texts])
    assert _texts(suggester, "うみ") == [
        *("うみべの公園", "夏のうみ"),  # written so: from the start, inside
        *("海", "海の家", "海の家を借りる", "青い海の橋"),  # read so
    ]
    assert _texts(suggester, "海") == ["海", "海の家", "海の家を借りる", "青い海の橋"]
    assert _texts(suggester, "海", k=2) == ["海", "海の家"]


def test_of_kanji_only_what_is_written_so_is_found_not_what_sounds_the_same(tmp_path: Path) -> None:
    assert _texts(_suggester(tmp_path, [_heading("科学の館")]), "化学") == []


def test_a_text_of_many_documents_is_suggested_once_until_the_last_of_them_is_removed(tmp_path: Path) -> None:
    first, second = (
        [_heading("お問い合わせ", "a"), _heading("お問い合せ", "a")],
        [_heading("お問い合わせ", "b")],
    )
    assert _texts(_suggester(tmp_path, first, second), "お問い") == ["お問い合せ", "お問い合わせ"]
    left = _suggester(tmp_path, first, second, removed=["a"]).suggest("お問い")
    assert [(s.text, s.document) for s in left] == [("お問い合わせ", "b")]
    assert _texts(_suggester(tmp_path, first, second, removed=["a", "b"]), "お問い") == []


def test_nothing_typed_and_more_than_any_text_holds_suggest_nothing(tmp_path: Path) -> None:
    suggester = _suggester(tmp_path, [_heading("旅券")])
    assert [
        _texts(suggester, typed) for typed in ("", "　", "？", "旅" * 5_000, "旅券%", "'; --", "\ud800")
    ] == [[]] * 7


_ALPHABET = st.text("海山うみヤマAａ1 の・", min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_ALPHABET, max_size=12), max_size=3), _ALPHABET, st.integers(1, 9))
def test_suggestions_are_what_comparing_every_text_finds(
    tmp_path: Path, segments: list[list[str]], typed: str, k: int
) -> None:
    suggester = _suggester(tmp_path, *([_heading(text) for text in texts] for texts in segments))
    tokens = shared_tokenizer().tokens
    texts = {folded(text): spoken(text, tokens) for own in reversed(segments) for text in reversed(own)}
    read = spoken(typed, tokens) if any("ぁ" <= char <= "ゖ" for char in folded(typed)) else "\n"
    written = folded(typed) or "\n"
    ranked = sorted(
        (
            (
                [
                    text.startswith(written),
                    written in text,
                    aloud.startswith(read),
                    read in aloud,
                ].index(True),
                len(text),
                text,
            )
            for text, aloud in texts.items()
            if text and (written in text or read in aloud)
        )
    )
    assert [folded(text) for text in _texts(suggester, typed, k)] == [text for _, _, text in ranked][:k]


def test_a_segment_s_file_is_written_from_the_parts_of_its_documents(tmp_path: Path) -> None:
    artefact = SuggestionsFile()
    parts = [artefact.part(text_document(GUIDE, id=key, title=f"便利帳{key}")) for key in ("a", "b")]
    artefact.write(tmp_path, parts)
    suggester = Suggester([SegmentSuggestions(tmp_path / SUGGESTIONS_FILE, ["a"])], shared_tokenizer())
    assert [(s.text, s.document) for s in suggester.suggest("べんりちょう")] == [("便利帳b", "b")]
