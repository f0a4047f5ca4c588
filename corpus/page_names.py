"""Numbers of pages as people write them."""

from collections.abc import Iterable


def page_names(numbers: Iterable[int]) -> str:
    """Return pages by their numbers, three and more neighbours as a range.

    >>> page_names([1, 2, 3, 5, 8, 9])
    '1～3・5・8・9ページ'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]}～{run[-1]}" if len(run) > 2 else "・".join(map(str, run)) for run in runs]
    return f"{'・'.join(said)}ページ"
