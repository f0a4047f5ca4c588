"""The stages of a budget as printed: 当初, 補正 (予算現額 too), 決算 (支出済額 too)."""

from corpus.types import Stage


def stage_of(text: str) -> Stage | None:
    """Return the stage a text names: 当初, 補正 (予算現額 includes it), 決算 (支出済額)."""
    for word, stage in (
        ("決算", Stage.SETTLED),
        ("済額", Stage.SETTLED),
        ("執行額", Stage.SETTLED),
        ("現額", Stage.SUPPLEMENTARY),
        ("補正", Stage.SUPPLEMENTARY),
        ("当初", Stage.INITIAL),
    ):
        if word in text:
            return stage
    return None
