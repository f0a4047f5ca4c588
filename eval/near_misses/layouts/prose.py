"""Layouts in sentences: the thing is named once, what follows is about it."""

import re
from random import Random

from eval.near_misses.types import Page, Sheet

_WIDTH = (30, 42)  # characters of a line that a PDF breaks
_ENDS = "。、）"
_UNBROKEN = re.compile(rf"(?:[!-~]+|[^!-~])[{_ENDS}]*")


def paragraphs(sheet: Sheet, random: Random) -> Page:
    """A paragraph a thing, with or without a heading."""
    return _written(sheet, random, [])


def wrapped(sheet: Sheet, random: Random) -> Page:
    """The same, each line broken at the width of a printed column."""
    return _written(sheet, random, [random.randint(*_WIDTH)])


def _written(sheet: Sheet, random: Random, width: list[int]) -> Page:
    headed = random.random() < 0.5  # both are as common
    lines, evidence = [sheet.title, sheet.lead, ""], {}
    for thing in sheet.things:
        told = [f"{thing.name}は、{thing.about}"]
        for key in random.sample(list(thing.told), len(thing.told)):
            template = random.choice(sheet.facts[key].told)
            sentence = template.format(label=sheet.labels[key], value=thing.told[key])
            evidence[thing.name, key] = sentence
            told.append(sentence)
        body = f"　{''.join(told)}"
        lines += [thing.name] if headed else []
        lines += [*(_broken(body, width[0]) if width else [body]), ""]
    return Page("\n".join(lines), evidence)


def _broken(text: str, width: int) -> list[str]:
    """Break a text into lines as printers do: numbers and addresses stay whole, no mark begins a line."""
    lines = [""]
    for part in _UNBROKEN.findall(text):
        if lines[-1] and len(lines[-1]) + len(part.rstrip(_ENDS)) > width:
            lines.append("")
        lines[-1] += part
    return lines
