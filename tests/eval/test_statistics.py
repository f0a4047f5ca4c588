"""Intervals, tests and curves against scipy, closed forms and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from eval.columns import Column, column
from eval.resampling import generator, interval
from eval.selective import calibration, coverage_at, risk_coverage
from eval.significance import (
    compare_columns,
    detectable,
    detectable_share,
    difference_interval,
    fewest_changes,
    holm,
    mcnemar_p,
    randomisation_p,
)
from eval.verdicts import BETTER, SAME, WORSE, overall, verdict

RNG = np.random.default_rng(5)


def plain(values) -> Column:
    return column([float(value) for value in values])


@pytest.mark.parametrize("method", ["percentile", "BCa"])
@pytest.mark.parametrize(
    "values",
    [(RNG.random(80) < 0.8).astype(float), RNG.beta(2, 5, 90), RNG.integers(0, 4, 60) / 3],
    ids=["share", "f1", "few"],
)
def test_bootstrap_intervals_agree_with_scipy(values, method):
    ours = interval(plain(values), name="x", resamples=20_000)
    ends = ours.percentile if method == "percentile" else ours.bca
    theirs = stats.bootstrap((values,), np.mean, method=method, n_resamples=20_000, rng=1).confidence_interval
    step = 1 / len(values) if set(values) <= {0.0, 1.0} else 0.006
    assert ends == pytest.approx((theirs.low, theirs.high), abs=step + 1e-9)


def test_the_jackknife_of_a_ratio_agrees_with_leaving_each_question_out():
    values = [1.0, None, 0.0, 1.0, 1.0, None, 0.0, 1.0] * 8
    ours = interval(column(values), name="x", resamples=20_000)
    numbers = np.array([v or 0.0 for v in values]), np.array([v is not None for v in values], dtype=float)
    theirs = stats.bootstrap(
        numbers,
        lambda v, w, axis: v.sum(axis=axis) / w.sum(axis=axis),
        paired=True,
        n_resamples=20_000,
        rng=2,
    ).confidence_interval
    assert ours.n == 48
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.022)


@pytest.mark.parametrize("kind", ["share", "graded"])
def test_the_interval_covers_the_truth_in_93_to_97_percent_of_simulated_sets(kind):
    rng = np.random.default_rng(11)
    covered = 0
    for i in range(1200):
        values = (rng.random(200) < 0.7).astype(float) if kind == "share" else rng.beta(2, 1, 120)
        truth = 0.7 if kind == "share" else 2 / 3
        one = interval(plain(values), name=str(i), resamples=500)
        covered += one.low <= truth <= one.high
    assert 0.93 <= covered / 1200 <= 0.97


def test_a_measure_without_a_single_failure_still_has_doubt():
    one = interval(plain([1.0] * 34), name="x")
    assert one.method == "exact"
    assert one.low == pytest.approx(0.025 ** (1 / 34))  # Clopper-Pearson, closed form
    assert one.high == 1


def test_of_few_questions_a_share_has_the_exact_interval():
    one = interval(plain([1, 0, 0, 0]), name="x")
    exact = stats.binomtest(1, 4).proportion_ci(method="exact")
    assert (one.method, one.low, one.high) == ("exact", exact.low, exact.high)


def test_intervals_do_not_depend_on_the_order_of_measures_or_on_the_call():
    values = plain(RNG.random(50))
    assert interval(values, name="a") == interval(values, name="a")
    assert interval(values, name="a").percentile != interval(values, name="b").percentile


def test_a_measure_that_never_applies_has_no_interval():
    assert interval(column([None, None]), name="x") is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=11))
@settings(max_examples=30, deadline=None)
def test_few_pairs_are_swapped_exhaustively_as_scipy_does(pairs):
    a, b = np.array([float(x) for x, _ in pairs]), np.array([float(y) for _, y in pairs])
    if len(pairs) < 2:
        return
    theirs = stats.permutation_test(
        (a, b), lambda x, y, axis: (x - y).mean(axis=axis), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    assert randomisation_p(plain(a), plain(b), rng=generator(0, "x")) == pytest.approx(theirs)


def test_many_pairs_are_swapped_at_random_and_come_near_the_sign_test():
    a = [0.0] * 40 + [1.0] * 60
    b = [1.0] * 28 + [0.0] * 12 + [1.0] * 60
    expected = stats.binomtest(28, 28, 0.5).pvalue
    assert randomisation_p(plain(a), plain(b), rng=generator(0, "x")) == pytest.approx(expected, abs=2e-4)
    mixed = [1.0] * 25 + [0.0] * 15 + [0.0] * 12 + [1.0] * 48  # 25 gained, 12 lost
    assert randomisation_p(plain(a), plain(mixed), rng=generator(0, "x"), resamples=40_000) == pytest.approx(
        stats.binomtest(12, 37, 0.5).pvalue, abs=0.006
    )


def test_mcnemar_is_the_exact_binomial_test_on_the_changes():
    a, b = [1, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]
    assert mcnemar_p(plain(a), plain(b)) == pytest.approx(stats.binomtest(1, 7, 0.5).pvalue)
    assert mcnemar_p(plain(a), plain(a)) == 1


def test_holm_steps_down_and_never_falls():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}) == pytest.approx(
        {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}
    )
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}


def test_under_the_null_hypothesis_one_run_in_twenty_is_called_different():
    rng = np.random.default_rng(3)
    called = 0
    for i in range(600):
        a, b = rng.beta(2, 2, 40), rng.beta(2, 2, 40)
        called += randomisation_p(plain(a), plain(b), rng=generator(i, "null"), resamples=600) < 0.05
    assert 0.03 <= called / 600 <= 0.075


def test_a_paired_interval_is_narrower_than_the_two_runs_apart():
    base = RNG.random(200)
    a, b = plain(base), plain(np.clip(base + RNG.normal(0.05, 0.02, 200), 0, None))
    low, high = difference_interval(a, b, rng=generator(0, "d"))
    assert 0.04 < low < 0.05 < high < 0.06


def test_the_smallest_detectable_difference_is_found_about_four_times_in_five():
    rng = np.random.default_rng(9)
    n, changing = 300, 0.2
    delta = detectable_share(n, changing=changing)
    found = 0
    for _ in range(800):
        gained = rng.binomial(n, (changing + delta) / 2)
        lost = rng.binomial(n - gained, (changing - delta) / 2 / (1 - (changing + delta) / 2))
        found += stats.binomtest(gained, gained + lost, 0.5).pvalue < 0.05
    assert 0.7 <= found / 800 <= 0.85  # the exact test is a little careful


def test_fewer_than_six_changes_one_way_can_never_be_significant():
    assert fewest_changes() == 6
    assert detectable(plain([1.0] * 100), plain([1.0] * 100)) == pytest.approx(0.06)
    assert detectable(plain([0.5] * 10), plain([0.5] * 10)) is None


def test_two_equal_runs_cannot_be_told_apart_in_any_measure():
    values = plain((RNG.random(60) < 0.7).astype(float))
    found = compare_columns({"correct": (values, values), "char_f1": (values, values)})
    assert {verdict(one) for one in found.values()} == {SAME}
    assert "区別できない" in overall(found, "correct")


def test_fewer_wrong_numbers_are_better_and_more_are_worse():
    none, many = plain([0.0] * 60), plain([1.0] * 30 + [0.0] * 30)
    better = compare_columns({"wrong_number": (many, none)})["wrong_number"]
    worse = compare_columns({"wrong_number": (none, many)})["wrong_number"]
    assert (verdict(better), verdict(worse)) == (BETTER, WORSE)


def test_equal_confidences_stand_or_fall_together():
    points = risk_coverage([0.9, 0.9, 0.5], [True, False, True], answerable=4)
    assert [(p.answered, p.precision) for p in points] == [(2, 0.5), (3, 2 / 3)]
    assert coverage_at(points, 0.6).coverage == 0.75
    assert coverage_at(points, 0.99) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.7, 0.95]), st.booleans()), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_curve_is_what_counting_above_each_threshold_gives(pairs):
    sure, right = [s for s, _ in pairs], [r for _, r in pairs]
    for point in risk_coverage(sure, right, answerable=len(pairs)):
        above = [r for s, r in pairs if s >= point.threshold]
        assert (point.answered, point.precision) == (len(above), sum(above) / len(above))


def test_calibration_of_a_perfect_and_of_a_boastful_counter():
    assert calibration([1.0] * 20, [True] * 20).error == 0
    boastful = calibration([0.9] * 20, [True, False] * 10)
    assert boastful.error == pytest.approx(0.4)
    assert boastful.brier == pytest.approx((0.01 + 0.81) / 2)
    assert calibration([], []) is None
