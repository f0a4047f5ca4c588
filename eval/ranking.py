"""Retrieval measures through ir-measures, and TREC files. Every judged query counts; one without hits scores 0."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]

DEFAULT = ("nDCG@10", "R@10", "MRR@10", "P@10", "R@100")


def per_query(names: Sequence[str], qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Return each measure of each judged query: {name: {query: value}}. Ties break as in trec_eval.

    MRR@k is trec_eval's reciprocal rank, 0 below rank k; ir-measures would hand a cut-off one to another
    program, which breaks ties the other way.
    """
    import ir_measures

    parsed = {name: _parsed(name) for name in names}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels, 0.0) for name in names}
    asked = {measure for measure, _ in parsed.values()}
    results: dict[tuple[Any, str], float] = {
        (metric.measure, metric.query_id): metric.value
        for metric in ir_measures.iter_calc(list(asked), _plain(qrels), _plain(run))
    }
    for name, (measure, cutoff) in parsed.items():
        for query in qrels:
            value = float(results.get((measure, query), 0.0))
            values[name][query] = 0.0 if cutoff and value * cutoff < 1 - 1e-9 else value
    return values


def _parsed(name: str) -> tuple[Any, int | None]:
    import ir_measures

    family, _, cutoff = name.replace("MRR", "RR").partition("@")
    try:
        if family == "RR" and cutoff:
            return ir_measures.RR, int(cutoff)
        return ir_measures.parse_measure(name.replace("MRR", "RR")), None
    except (ValueError, NameError) as error:
        raise ValueError(f"検索の指標「{name}」は使えません。例：{'・'.join(DEFAULT)}") from error


def _plain(mapping: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {query: dict(inner) for query, inner in mapping.items()}


def by_rank(ranked: Iterable[str]) -> dict[str, float]:
    """Return scores that say the order and no more, so that no tie can change a rank."""
    return {document: 1 / rank for rank, document in enumerate(dict.fromkeys(ranked), 1)}


def trec_run(run: Run, tag: str) -> str:
    """Return a run in the TREC form: query Q0 document rank score tag."""
    lines = []
    for query, scores in run.items():
        ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        lines += [
            f"{_word(query)} Q0 {_word(document)} {rank} {score:.6f} {_word(tag)}\n"
            for rank, (document, score) in enumerate(ordered, 1)
        ]
    return "".join(lines)


def trec_qrels(qrels: Qrels) -> str:
    """Return judgements in the TREC form: query 0 document grade."""
    return "".join(
        f"{_word(query)} 0 {_word(document)} {grade}\n"
        for query, grades in qrels.items()
        for document, grade in grades.items()
    )


def _word(text: str) -> str:
    # The TREC forms part fields by white space.
    return "_".join(text.split()) or "_"
