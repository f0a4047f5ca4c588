"""Pages that were extracted badly are repaired where that is certain, else not cited; sound ones pass."""

from pathlib import Path

import pytest

from corpus.chunking import chunk
from corpus.data_rows import data_rows
from corpus.linting.damages import QUARANTINED
from corpus.linting.kana_marks import lost_voicing
from corpus.linting.linting import lint
from corpus.linting.repairs import REPAIRED
from corpus.types import Document, Page, Problem
from index.segments.sources import FileSource
from tests.corpus.planted_damages import DAMAGINGS, document_of, planted, without_marks

CLEAN = (
    "国民健康保険に加入している方が引っ越すときは、十四日以内に届け出てください。手続きは市民課の三番窓口でできます。\n"
    "持ち物は、本人確認ができる書類、保険証、およびマイナンバーカードなどです。代理の方が来られる場合は、委任状が必要です。\n"
    "受付時間は平日の8時30分から17時15分までです。ただし、第2土曜日は12時まで開いています。\n"
    "保険料は、世帯の前年の所得にもとづいて計算されます。令和6年度の均等割は1人あたり45,600円、平等割は1世帯あたり29,800円です。\n"
    "保険料を納めることがむずかしいときは、納付の相談ができますので、早めに電話でお問い合わせください。\n",
    "粗大ごみを出すときは、まず電話またはインターネットで申し込んでください。受付センターは月曜日から土曜日まで開いています。\n"
    "手数料は品目ごとに決まっており、ふとんは1枚300円、自転車は1台500円、たんすは1棹1,200円です。\n"
    "処理券はコンビニエンスストアなどで買うことができます。券には受付番号、または名前を書いて、見えるところに貼ってください。\n"
    "収集日の朝8時30分までに、決められた場所へ出してください。ただし、エアコンや冷蔵庫は収集できません。\n"
    "持ち込みの場合は、10キログラムまでごとに120円です。処理場は年末年始のほか、すべての日曜日に休みます。\n",
    "市立図書館では、市内に住む人であればだれでも本を借りることができます。一人15冊まで、期間は2週間です。\n"
    "はじめての方は、住所がわかるものをお持ちのうえ、カウンターでカードをつくってください。手続きは5分ほどで終わります。\n"
    "次に借りる人がいなければ、1回だけ2週間まで延ばせます。延長は電話でもホームページでもできます。\n"
    "返却が30日を過ぎた場合は、新しく借りられません。閉館中は、玄関の右にあるブックポストへ入れてください。\n"
    "読み聞かせの会を毎月第2・第4土曜日の10時30分から開いています。申し込みはいりませんので、どうぞおいでください。\n",
)
PARTIAL = 5  # places that a page has to lose before it tells anything: one line of a few characters does not


def _codes(*pages: str) -> set[str]:
    return {problem.code for problem in lint(document_of(*pages)).problems}


@pytest.mark.parametrize("name", DAMAGINGS)
def test_planted_damages_are_found_at_each_strength(name: str) -> None:
    """At least 95 in 100 are quarantined, repaired or told; three pages, each ten times."""
    for strength in DAMAGINGS[name][1]:
        damaged = [
            text
            for page in CLEAN
            for seed in range(10)
            if _differ(
                page, text := planted(name, page * (4 if name == "run-on" else 1), strength, seed=seed)
            )
        ]
        found = [bool(_named(_codes(text))) for text in damaged]
        assert damaged
        assert sum(found) >= 0.95 * len(found), strength


def _named(codes: set[str]) -> set[str]:
    return {code for code in codes if code in QUARANTINED | REPAIRED or code.startswith("few-")}


def _differ(page: str, damaged: str) -> bool:
    return sum(a != b for a, b in zip(page, damaged, strict=False)) >= PARTIAL


@pytest.mark.parametrize("page", CLEAN)
def test_a_clean_page_is_left_as_it_is(page: str) -> None:
    document = document_of(page)
    assert (lint(document).document, lint(document).problems) == (document, ())


SOUND = {
    "numbers": "\n".join(f"{n}\t{n * 1371:,}\t{n * 97:,}\t△{n * 3:,}" for n in range(1, 80)),
    "names": "\n".join(f"{n}　山田　太郎　佐藤　花子　鈴木　一郎　高橋　次郎" for n in range(1, 60)),
    "names in katakana": "氏名\tフリガナ\n" + "森　一\tモリ ハシメ\n西　清\tニシ キヨシ\n原　実\tハラ ミノル\n" * 15,
    "English": "The city hall is open from 8:30 to 17:15 on weekdays. Please bring your residence card. " * 20,
    "Portuguese": "A coleta de lixo não é feita aos domingos. Informações: seção de cidadãos. São José é irmã.\n" * 15,
    "Vietnamese": "Ủy ban nhân dân mở cửa từ 8 giờ 30. Vui lòng mang theo thẻ cư trú và hộ chiếu.\n" * 15,
    "German": "Das Rathaus heißt auf Japanisch ‚Shiyakusho‘. Öffnungszeiten: ‚täglich‘, außer ‚sonntags‘.\n" * 15,
    "kana only": (
        "わたしたちの まちには おおきな かわが あります。あさは みんなで がっこうへ いきます。\n"
        "ごみは ごみばこに いれて ください。こまったときは おとなの ひとに いいましょう。\n"
    ) * 10,
    "telephones": "\n".join(f"市民課\t0123-45-{n:04}\n福祉課\t(0123)46-{n:04}" for n in range(60)),
    "a box of jewels": "子育てひろば「たまてばこ」は毎週火曜日です。たまてばこへの申し込みはいりません。\n" * 5,
    "postal codes": "\n".join(f"〒220-{n:04}　中央町{n}丁目" for n in range(120)),
    "old kanji": (
        "第一條　本會ハ國際親善ヲ圖ルヲ以テ目的トス\n第二條　會員ハ總會ニ於テ之ヲ選任シ其ノ任期ハ二年トス\n"
        "第三條　役員ハ左ノ如シ\n"
    ) * 25,
    "old kana": (
        "本市の學校は明治の初めに建てられ、舊藩の子弟が多く學んだといふ。\n"
        "其の後、國の制度が變はり、廣く町の子どもが通ふやうになつた。\n"
    ) * 6,
    "rare names": "𠮷田　﨑山　髙橋　𠮷野　濵田　邉見　德永　神﨑　塚本　𩸽沢\n" * 12,
    "lists": "❶申請書を書く\n❷窓口に出す\n❸手数料を払う\n①②③の順に、次の書類を出してください。\n" * 8,
    "bullets": "\uf06c申請書を書く\n\uf06c窓口に出す\n\uf0b7手数料を払う\n本文の中の\uf077印は要点です。\n" * 8,
    "kana of other languages": "ウㇷ゚とチェㇷ゚は魚を指します。か゚行の音は鼻に抜けます。\n" * 5,
    "signs": (
        "市章の色は深緑です（図１）。面積は56.72㎢、標高は±0ｍ、気温は23℃、税率は10％です。\n"
        "¥1,200、±5%、×2、20°、§3、é、ｆ(ｘ)、α、Ⅲ、№5。\n"
    ) * 6,
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_unusual_but_sound_pages_are_no_alarm(name: str) -> None:
    linted = lint(document_of(SOUND[name], CLEAN[0]))
    assert linted.problems == ()
    assert linted.document == document_of(SOUND[name], CLEAN[0])


def test_a_damaged_page_yields_no_passage_and_keeps_its_number() -> None:
    broken = planted("private-use", CLEAN[1])
    linted = lint(document_of(CLEAN[0], broken, CLEAN[2]))
    assert {passage.page for passage in chunk(linted.document)} == {1, 3}
    assert [page.number for page in linted.document.pages] == [1, 2, 3]
    for block in linted.document.blocks:
        assert linted.document.text[block.start : block.end] in CLEAN[0] + CLEAN[2]
    (problem,) = linted.problems
    assert (problem.code, problem.page) == ("private-use", 2)
    for said in ("2ページ", "外字領域", "引用しません", "例：「", "U+E", "OCR"):
        assert said in problem.message


def test_pages_of_one_damage_are_one_problem_that_names_them_all() -> None:
    broken = [planted("replaced", page, 0.5) for page in CLEAN]
    (problem,) = lint(document_of(CLEAN[0], *broken, CLEAN[1], broken[0] + "別")).problems
    assert problem.message.startswith("2～4・6ページに読めなかった文字（\ufffd）があり、引用しません")


@pytest.mark.parametrize(
    ("text", "read", "code"),
    [
        ("こくみんけんこうほけんか゛はじまる。", "こくみんけんこうほけんがはじまる。", "split-dakuten"),
        ("ハ゜スポート、は ゜すほ", "パスポート、ぱすほ", "split-dakuten"),
        ("か\u3099くせい", "がくせい", "split-dakuten"),
        ("ｺﾐｾﾝ・ｶﾞｲﾄﾞ｡", "コミセン・ガイド。", "half-width"),
        ("人口は𝟏𝟐𝟑人", "人口は123人", "math-digits"),
        ("市⺠の⽅々", "市民の方々", "radicals"),
        ("\uf900の里、\uf929", "豈の里、\uf929", "doubled-kanji"),
    ],
)
def test_what_can_only_mean_one_thing_is_put_right_and_said(text: str, read: str, code: str) -> None:
    linted = lint(document_of(text))
    assert linted.document.text == f"{read}\n"
    (block,) = linted.document.blocks
    assert linted.document.text[block.start : block.end] == read
    (problem,) = linted.problems
    assert (problem.code, problem.page) == (code, 1)
    assert "直して読みました" in problem.message


@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "latin-1"), ("cp932", "latin-1"), ("euc_jp", "latin-1")]
)
def test_a_misread_page_is_read_anew_where_no_byte_is_lost(written: str, read: str) -> None:
    linted = lint(document_of(CLEAN[0], CLEAN[1].encode(written).decode(read)))
    assert linted.document.text == document_of(*CLEAN[:2]).text
    assert linted.document.blocks == document_of(*CLEAN[:2]).blocks
    assert [(problem.code, problem.page) for problem in linted.problems] == [("misread", 2)]


def test_a_misread_page_that_lost_bytes_is_not_cited() -> None:
    garbled = CLEAN[1].encode("utf-8").decode("cp932", "replace")
    linted = lint(document_of(CLEAN[0], garbled))
    assert linted.document.text == document_of(CLEAN[0]).text
    assert [(problem.code, problem.page) for problem in linted.problems] == [("mojibake", 2)]


def test_half_width_kana_alone_are_no_misread_text() -> None:
    linted = lint(document_of("\n".join(["ﾔﾏﾀﾞ ﾀﾛｳ", "ｻﾄｳ･ﾊﾅｺ", "ﾀｶﾊｼ ｼﾞﾛｳ"] * 8)))
    assert linted.document.text.startswith("ヤマダ タロウ\nサトウ・ハナコ\nタカハシ ジロウ\n")
    assert [problem.code for problem in linted.problems] == ["half-width"]


def test_one_character_of_ones_own_font_is_told_and_the_page_cited() -> None:
    linted = lint(document_of(CLEAN[0] + "担当は渡\ue012です。"))
    assert "渡\ue012" in linted.document.text
    (problem,) = linted.problems
    assert problem.code == "few-private-use"
    assert "U+E012" in problem.message


def test_copied_pages_and_pages_without_text_are_told() -> None:
    changed = CLEAN[0].replace("三番", "四番")
    linted = lint(document_of(*CLEAN, "", CLEAN[1], changed))
    assert linted.document == document_of(*CLEAN, "", CLEAN[1], changed)
    told = {problem.message[:9] for problem in linted.problems if problem.code == "copied-page"}
    assert told == {"同じ内容のページが", "ほとんど同じ内容の"}
    assert ("empty-page", 4) in [(problem.code, problem.page) for problem in linted.problems]


def test_an_empty_page_of_a_document_of_one_is_no_sign() -> None:
    assert _codes("") == set()


def _sums(*rows: str, head: str = "") -> list[Problem]:
    from corpus.tables.csv_document import table_document

    text = "\n".join(["地区,世帯,男,女,平均年齢" + head, *rows])
    table = table_document(text, id="人口", title="人口", publisher="", source="", fiscal_year=None)
    return [problem for problem in lint(table).problems if problem.code == "column-sum"]


ROWS = ("東,120,150,160,45", "西,80,90,95,47", "南,200,240,260,41", "北,55,60,66,52")


def test_a_total_that_its_column_does_not_add_up_to_is_told_where_the_others_hold() -> None:
    assert _sums(*ROWS, "合計,455,540,581,46") == []
    (problem,) = _sums(*ROWS[:2], "南,200,24,260,41", ROWS[3], "合計,455,540,581,46")
    assert (problem.code, problem.page) == ("column-sum", 1)
    for said in ("「男」", "540", "324"):
        assert said in problem.message


def test_totals_of_which_few_hold_are_of_other_rows() -> None:
    assert _sums(*ROWS, "合計,900,1100,1300,46") == []
    assert _sums(*ROWS, "合計,455,900,800,46") == []


def test_totals_of_rounded_amounts_may_be_off_by_half_a_unit_a_row() -> None:
    rounded = [f"{row},{number}" for row, number in zip(ROWS, (12, 9, 21, 8), strict=True)]
    assert _sums(*rounded, "合計,455,540,581,46,52", head=",予算額（百万円）") == []
    assert len(_sums(*rounded, "合計,455,540,581,46,53", head=",予算額（百万円）")) == 1


def test_each_word_with_a_lost_dakuten_stands_in_its_example_only_when_that_is_lost() -> None:
    for word, example in data_rows("corpus.linting", "lost_voicing.tsv"):
        assert word not in example
        assert word in without_marks(example)
        assert lost_voicing(without_marks(example))


def test_a_file_with_damaged_pages_gives_its_sound_passages_and_says_so(tmp_path: Path) -> None:
    broken = planted("rare-kanji", CLEAN[1])
    (tmp_path / "案内.txt").write_text(f"{CLEAN[0]}\f{broken}\f{CLEAN[2]}", encoding="utf-8")
    read = FileSource(tmp_path / "案内.txt").read()
    assert {passage.page for passage in read.passages} == {1, 3}
    assert [(problem.code, problem.page) for problem in read.problems] == [("rare-kanji", 2)]


def test_a_file_of_damaged_pages_alone_is_not_read_and_says_why(tmp_path: Path) -> None:
    broken = planted("lost-dakuten", CLEAN[1])
    (tmp_path / "案内.txt").write_text(broken, encoding="utf-8")
    read = FileSource(tmp_path / "案内.txt").read()
    assert (read.document, read.passages) == (None, ())
    assert [problem.code for problem in read.problems] == ["lost-dakuten"]


def test_tables_of_a_workbook_are_read_on_beside_a_sheet_that_is_not_cited() -> None:
    from corpus.budgets import read_tables
    from corpus.tables.document_tables import tables_of
    from corpus.tables.sheet import Sheet
    from corpus.tables.sheets import sheets_document

    rows = {0: {0: "地区", 1: "人口"}} | {n: {0: f"{n}番町", 1: f"{n * 7}"} for n in range(1, 6)}
    broken = {0: {0: "地区", 1: "人口"}} | {
        n: {0: "\ue001\ue002\ue003", 1: "\ue004\ue005"} for n in range(1, 6)
    }
    book, _ = sheets_document(
        [Sheet("壊れ", rows=broken), Sheet("人口", rows=rows)],
        id="人口", title="人口", publisher="", source="", fiscal_year=None,
    )  # fmt: skip
    linted = lint(book)
    assert [(problem.code, problem.page) for problem in linted.problems] == [("private-use", 1)]
    (table,) = tables_of(linted.document)
    assert (table.page, len(table.rows)) == (2, 5)
    assert all(figure.page == 2 for figure in read_tables(linted.document).figures)
    assert {passage.page for passage in chunk(linted.document)} == {2}


def test_pages_without_text_that_the_reader_named_are_not_named_again() -> None:
    document = Document("案内", "案内", "", "", "本文です。", (Page(1, 0, 5), Page(2, 5, 5)), ())
    told = Problem("案内", "2ページは画像だけのページで、文字を読めません。", 2, code="scanned")
    assert [problem.code for problem in lint(document).problems] == ["empty-page"]
    assert lint(document, [told]).problems == ()
