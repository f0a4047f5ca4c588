"""What the statistics say, in plain Japanese."""

from collections.abc import Mapping, Sequence

from eval.measures import Measure, measure_named
from eval.significance import ALPHA, Difference

SAME = "区別できない"
BETTER = "Bの方が良い"
WORSE = "Bの方が悪い"


def verdict(difference: Difference, *, alpha: float = ALPHA) -> str:
    """Return which run is better by one measure, after Holm's correction; 区別できない is an answer too."""
    if difference.p_holm >= alpha or difference.difference == 0:
        return SAME
    better = (difference.difference > 0) == measure_named(difference.name).higher_is_better
    return BETTER if better else WORSE


def sentence(difference: Difference, *, alpha: float = ALPHA) -> str:
    """Return the verdict on one measure with its difference, interval and p-value."""
    measure = measure_named(difference.name)
    word = verdict(difference, alpha=alpha)
    if difference.changed == 0:
        return f"{measure.label}：{word}（{difference.n}問すべて同じ結果）。"
    shown = (
        f"差 {signed(difference.difference, measure)}、95%信頼区間 {signed(difference.low, measure)}〜"
        f"{signed(difference.high, measure)}、p={p_shown(difference.p)}、補正後 p={p_shown(difference.p_holm)}"
    )
    if word == SAME and difference.detectable:
        shown += f"。この試験で見分けられる差はおよそ {points(difference.detectable, measure)} 以上"
    return f"{measure.label}：{word}（{shown}）。"


def overall(differences: Mapping[str, Difference], primary: str, *, alpha: float = ALPHA) -> str:
    """Return the verdict on the pair: the primary measure's, and what any other measure showed."""
    words = {name: verdict(difference, alpha=alpha) for name, difference in differences.items()}
    better = [measure_named(name).label for name, word in words.items() if word == BETTER]
    worse = [measure_named(name).label for name, word in words.items() if word == WORSE]
    if not better and not worse:
        return "AとBは区別できない。どの指標にも、偶然とは言えない差はありません。"
    if better and worse:
        return f"一長一短。Bは{_listed(better)}で良く、{_listed(worse)}で悪い。"
    head = BETTER if better else WORSE
    names = better or worse
    tail = (
        ""
        if words.get(primary, SAME) != SAME
        else f"ただし主な指標「{measure_named(primary).label}」では{SAME}。"
    )
    return f"{head}。偶然とは言えない差がある指標：{_listed(names)}。{tail}"


def _listed(labels: Sequence[str], limit: int = 4) -> str:
    shown = "」「".join(labels[:limit])
    return f"「{shown}」" + (f"など{len(labels)}件" if len(labels) > limit else "")


def share(value: float, measure: Measure | None = None) -> str:
    """Return a value as it is shown: a percentage, or three decimals for a measure of retrieval.

    >>> share(0.9412)
    '94.1%'
    """
    return (
        f"{value:.3f}"
        if measure and "@" in measure.name and "evidence" not in measure.name
        else f"{value * 100:.1f}%"
    )


def points(value: float, measure: Measure) -> str:
    """Return a difference's size: points of per cent, or three decimals."""
    return share(value, measure).replace("%", "ポイント")


def signed(value: float, measure: Measure) -> str:
    """Return a difference with its sign."""
    return ("+" if value >= 0 else "−") + points(abs(value), measure)


def p_shown(p: float) -> str:
    """Return a p-value as it is shown.

    >>> p_shown(0.00004), p_shown(0.0312)
    ('0.0001未満', '0.0312')
    """
    return "0.0001未満" if p < 0.0001 else f"{p:.4f}"
