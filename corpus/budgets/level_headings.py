"""The 款 and 項 under which a table of 目 stands, as the lines above it name them."""

import re
from collections.abc import Sequence

_AMOUNT = r"[△▲]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*[ 　]*(?:百万円|千円|万円|円)"
_LEVEL = re.compile(
    rf"(?:^|(?<=[ 　]))[0-9０-９]{{1,2}}[ 　]*([款項])[ 　]+(\S.*?)(?=[ 　]+(?:{_AMOUNT}|[0-9０-９]{{1,2}}[ 　]*[款項])|[ 　]*$)"
)


def levels_above(lines: Sequence[str]) -> dict[str, str]:
    """Return the names of the 款 and the 項 that stand last in some lines, by level, the outer one first.

    >>> levels_above(["２款　総務費　　9,013,376千円", "１項　総務管理費　　7,519,634千円"])
    {'款': '総務費', '項': '総務管理費'}
    >>> levels_above(["令和6年度の主な事業"])
    {}
    """
    names: dict[str, str] = {}
    for line in lines:
        for level, name in _LEVEL.findall(line):
            names = {"款": name} if level == "款" else {**names, level: name}
    return {level: names[level] for level in ("款", "項") if level in names}
