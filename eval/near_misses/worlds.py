"""A seed → a world: documents about things of many kinds, near misses and their twins; and a world as files."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from zlib import crc32

from eval.near_misses.inventing import Inventor, core
from eval.near_misses.layouts import LAYOUTS
from eval.near_misses.types import Case, Sheet, Vocabulary, World, WrittenSheet
from eval.runs import question_json, write_lines
from eval.types import UNANSWERABLE, GoldQuestion

PAIRS = 5
"""Near misses a document, each with its twin."""


def world(own: Vocabulary, seed: int, *, pairs: int = PAIRS) -> World:
    """Return the world of a seed: a document a kind, as many layouts as there are kinds."""
    name = f"near-{own.half}-{seed:02}"
    random = Random(crc32(name.encode()))  # noqa: S311  (a seed, not a secret)
    inventor = Inventor(own, random)
    layouts = random.sample(list(LAYOUTS), len(own.kinds))
    sheets = tuple(
        _written(inventor.sheet(kind), layout, random)
        for kind, layout in zip(own.kinds, layouts, strict=True)
    )
    cases = tuple(_cases(name, own, sheets, random, pairs))
    return World(name, sheets, cases)


def write_world(folder: Path, made: World) -> None:
    """Write documents and questions in the form that training and `madoguchi eval run` read."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for sheet in made.sheets:
        (documents / sheet.file).write_text(sheet.page.text, encoding="utf-8")
    write_lines(folder / "questions.jsonl", (question_json(case.gold) for case in made.cases))


def _written(sheet: Sheet, layout: str, random: Random) -> WrittenSheet:
    page = LAYOUTS[layout](sheet, random)
    ending = "md" if page.text.startswith("#") else "txt"
    return WrittenSheet(f"{sheet.kind}.{ending}", layout, sheet, page)


def _cases(
    name: str, own: Vocabulary, sheets: tuple[WrittenSheet, ...], random: Random, pairs: int
) -> Iterator[Case]:
    number = 0
    for written in sheets:
        sheet = written.sheet
        lacking = [(thing, key) for thing in sheet.things for key in sheet.labels if key not in thing.told]
        for thing, key in random.sample(lacking, min(pairs, len(lacking))):
            number += 1
            twin = random.choice([other for other in sheet.things if key in other.told])
            wording, voice = random.choice(own.facts[key].wordings), random.choice(own.voices)
            values = {
                other.name: core(other.told[key])
                for item in sheets
                for other in item.sheet.things
                if key in other.told
            }
            evidence = written.page.evidence[twin.name, key]
            for asked in (thing, twin):
                spoken = wording.format(name=asked.name, label=sheet.labels[key])
                told = {
                    "fact": key, "layout": written.layout, "about": asked.name,
                    **({"near": evidence} if asked is thing else {}),
                }  # fmt: skip
                value = asked.told.get(key)
                gold = GoldQuestion(
                    f"{name}-{number:03}{'b' if value else 'a'}",
                    voice.format(question=spoken),
                    "fact" if value else UNANSWERABLE,
                    user="resident",
                    answers=tuple(dict.fromkeys((value, core(value)))) if value else (),
                    evidence=(evidence,) if value else (),
                    fields=told,
                )
                others = tuple(own_value for other, own_value in values.items() if other != asked.name)
                yield Case(gold, key, written.layout, asked.name, others)
