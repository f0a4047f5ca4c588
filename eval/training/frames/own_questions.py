"""How frames say themselves, as training data: what is offered has to be understood."""

from qa.frames.frame import LINE, PROJECT
from qa.frames.operations import Operation
from qa.frames.plain_questions import LESSER, OF_WHOLE, PLACED, PLAIN, templates


def plain_questions(one: str, two: str, whole: str) -> list[tuple[Operation, str]]:
    """Return how frames say themselves, each in all its forms."""
    slots = {
        "year": "令和4年度", "one": one, "two": two, "order": 3, "count": 3, "source": "国", "bar": "100千円",
        "division": "「福祉課」", "unit": "億円",
    }  # fmt: skip
    forms = [pair for form in (PLAIN, PLACED, LESSER) for pair in templates()[form].items()]
    told = []
    for within in ("", f"の{one}", f"の{whole}"):
        for what in (PROJECT, LINE):
            told += [(name, text.format(**slots, within=within, what=what)) for name, text in forms]
    told += [
        (name, text.format(**slots | {"one": f"「{whole}」"})) for name, text in templates()[OF_WHOLE].items()
    ]
    return [(Operation(name), text) for name, text in dict.fromkeys(told)]
