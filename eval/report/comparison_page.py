"""The report of two runs side by side as one self-contained page."""

from eval.comparing import BROKEN, CHANGED, IMPROVED, SAME, Change, Comparison
from eval.measures import measure_named
from eval.report.cards import Said, card, shown
from eval.report.pages import drawn, fill
from eval.report.plots import difference_plot
from eval.report.wording import CHANGES, outcome_word
from eval.runs import Run
from eval.significance import ALPHA, POWER
from eval.verdicts import p_shown, points, share, signed

_ORDER = (BROKEN, IMPROVED, CHANGED, SAME)
_MOST_SHOWN = 1_000


def comparison_page(found: Comparison) -> str:
    """Return the page: the verdict, each measure's difference, then what broke and what got better."""
    moved = [one for one in found.changes if one.change != SAME]
    moved.sort(key=lambda one: _ORDER.index(one.change))
    return fill(
        "comparison.html.j2",
        found=found,
        primary=found.sentences.get(found.primary, ""),
        plot=drawn(difference_plot(list(found.differences.values()))) if found.differences else None,
        rows=[_row(found, name) for name in found.differences],
        counts=[(change, CHANGES[change], found.count(change)) for change in _ORDER],
        changes=[_change(one) for one in moved[:_MOST_SHOWN]],
        left_out=max(0, len(moved) - _MOST_SHOWN),
        alpha=f"{ALPHA:g}",
        power=f"{POWER * 100:g}%",
        runs=[("A", *_about(found.a)), ("B", *_about(found.b))],
    )


def _row(found: Comparison, name: str) -> dict[str, object]:
    one, measure = found.differences[name], measure_named(name)
    return {
        "label": measure.label,
        "name": name,
        "a": share(one.a, measure),
        "b": share(one.b, measure),
        "difference": signed(one.difference, measure),
        "range": f"{signed(one.low, measure)}〜{signed(one.high, measure)}",
        "p": p_shown(one.p),
        "p_holm": p_shown(one.p_holm),
        "mcnemar": "―" if one.mcnemar is None else p_shown(one.mcnemar),
        "detectable": "―" if one.detectable is None else points(one.detectable, measure),
        "changed": one.changed,
        "n": one.n,
        "verdict": found.verdicts[name],
    }


def _change(one: Change) -> dict[str, object]:
    base = card(one.question, None, one.b)
    return {
        "base": base,
        "change": one.change,
        "word": CHANGES[one.change],
        "sides": [
            _side("A", one.a.outcome, one.a.reason, one, one.reply_a),
            _side("B", one.b.outcome, one.b.reason, one, one.reply_b),
        ],
        "measures": [
            (name, one.a.measures.get(name), one.b.measures.get(name))
            for name in one.b.measures
            if one.reply_b is None
        ],
    }


def _side(letter: str, outcome: str, reason: str, one: Change, reply: object) -> dict[str, object]:
    said: Said | None = shown(one.question, reply) if reply is not None else None  # type: ignore[arg-type]
    return {"letter": letter, "outcome": outcome_word(outcome), "reason": reason, "said": said}


def _about(run: Run) -> tuple[str, str, str]:
    system = run.config.get("system", {})
    legs = "＋".join(system.get("legs", ()))
    build = str(system.get("bundle") or system.get("replies") or legs or "不明")
    return run.name, build, run.started[:16].replace("T", " ")
