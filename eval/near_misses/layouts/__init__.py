"""Ways in which documents lay out the same facts, as cities print them and as extraction from PDF leaves them."""

from collections.abc import Mapping

from eval.near_misses.layouts.blocks import bullets, labelled, listed_by_fact, questions
from eval.near_misses.layouts.prose import paragraphs, wrapped
from eval.near_misses.layouts.tables import across, aligned, barred, cells_apart, side_by_side
from eval.near_misses.types import Layout

LAYOUTS: Mapping[str, Layout] = {
    "見出しと項目行": labelled,
    "箇条書き": bullets,
    "文章": paragraphs,
    "折り返された文章": wrapped,
    "よくある質問": questions,
    "項目別の一覧": listed_by_fact,
    "表（Markdown）": barred,
    "表（桁そろえ）": aligned,
    "比較表": across,
    "ばらけた表": cells_apart,
    "二段組": side_by_side,
}
"""Each layout by the name that reports show. Those whose first line begins with # are Markdown."""
