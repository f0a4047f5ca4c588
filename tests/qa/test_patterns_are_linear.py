"""No pattern of the house backtracks without end: one question with a long number in a file once never ended.

Times are of the processor, not of the wall, so that a busy machine fails no test.
"""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

import pytest
from pattern_attacks import attacks
from pattern_finding import house_patterns

_LENGTH = 300  # characters of an attack; a quadratic pattern of ours takes up to 12 ms for it, a cubic one from 40 ms
_SUSPECT = 0.015  # seconds from which the growth is looked at
_GIVEN_UP = 0.3  # seconds
_TURNS = 6
_WORSE_THAN_QUADRATIC = 5.5  # times as long for twice the text; a quadratic pattern takes 4, a cubic one 8


class _LateError(Exception):
    """The pattern took longer than anything that is not exponential does."""


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _LateError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _GIVEN_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _seconds(use: Callable[[str], object], text: str) -> float:
    """Return the seconds `use` takes for `text`; infinity where it was given up."""
    started = process_time()
    try:
        with _limited():
            use(text)
    except _LateError:
        return float("inf")
    return process_time() - started


def _grows_faster_than_the_square(use: Callable[[str], object], text: str, longer: str) -> bool:
    """Tell by the least of several turns, since what else the machine does only ever adds to a time."""
    least, least_of_longer = float("inf"), float("inf")
    for _ in range(_TURNS):
        least = min(least, _seconds(use, text))
        least_of_longer = min(least_of_longer, _seconds(use, longer))
        if least < _SUSPECT or least_of_longer <= _WORSE_THAN_QUADRATIC * least:
            return False
    return True


def slow_text(pattern: re.Pattern[str]) -> str | None:
    """Return the beginning of a text for which `pattern` is worse than quadratic, if one of the attacks is one."""
    uses = (lambda text: list(pattern.finditer(text)), pattern.fullmatch)
    twice = iter(attacks(pattern, 2 * _LENGTH))
    for text, longer in zip(attacks(pattern, _LENGTH), twice, strict=True):
        for use in uses:
            taken = _seconds(use, text)
            if taken >= _GIVEN_UP:
                return text[:40]
            if taken < _SUSPECT:
                continue
            if _grows_faster_than_the_square(use, text, longer):
                return text[:40]
    return None


def test_no_pattern_of_the_house_takes_more_than_quadratic_time() -> None:
    patterns = house_patterns()
    assert len(patterns) > 300, "the patterns were not found"
    slow = {pattern.pattern: (place, slow_text(pattern)) for pattern, place in patterns.items()}
    assert not {pattern: found for pattern, found in slow.items() if found[1]}


@pytest.mark.parametrize(
    "bad",
    [
        r"(?:[0-9][0-9,]*[兆億万]*)+円",  # what once never ended
        r"[ 　]*(?:額)?[ 　]*[ 　]*円",
        r"^(?:です|か|ですか)*$",
        r"好き(?:な|の|なの)*$",
    ],
)
def test_a_pattern_that_never_ends_is_found(bad: str) -> None:
    assert slow_text(re.compile(bad)) is not None


def test_patterns_are_found_where_they_are_kept_and_where_they_are_written() -> None:
    found = {pattern.pattern for pattern in house_patterns()}
    assert any("(?P<era>" in pattern for pattern in found)
