"""A seed → sheets: things of a kind side by side, each lacking one or two facts that its neighbours have."""

import re
from collections.abc import Sequence
from random import Random

from eval.near_misses.types import Kind, Sheet, Thing, Vocabulary

_SLOT = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"([0-9]+)-([0-9]+)(?:/([0-9]+))?")
_BRACKET = re.compile(r"（.*）$")
_TRIES = 400
_THINGS = (4, 5)
_FACTS = 5
_LACKS = 5  # facts that are lacked in one document, at least: so many near misses can be asked
_PLACES = 6  # the names of places in one town: facilities of different kinds share them


class Inventor:
    """Invents sheets of one town; no name and no value of a fact is part of another one in it."""

    def __init__(self, own: Vocabulary, random: Random) -> None:
        self._own, self._random = own, random
        self._parts = dict(own.parts)
        places = sorted({self.drawn("{place}") for _ in range(_PLACES)})
        self._parts["place"] = f"{{{'|'.join(places)}}}"
        self._parts["town"] = self.drawn("{town}")
        self._names: list[str] = []
        self._values: dict[str, list[str]] = {key: [] for key in own.facts}

    def drawn(self, template: str) -> str:
        """Return a template with each of its slots filled: a choice, a number, or a part of the vocabulary."""
        while slot := _SLOT.search(template):
            template = template[: slot.start()] + self._filled(slot[1]) + template[slot.end() :]
        return template

    def sheet(self, kind: Kind) -> Sheet:
        """Return a document's content about things of `kind`."""
        count = self._random.choice(_THINGS)
        keys = self._random.sample(sorted(kind.labels), _FACTS)
        names = [self._new(kind.names, self._names) for _ in range(count)]
        abouts = self._random.sample(kind.about, count)
        things = tuple(
            Thing(name, about, {key: self._value(kind, key) for key in keys if key not in lacked})
            for name, about, lacked in zip(names, abouts, self._lacks(keys, count), strict=True)
        )
        return Sheet(
            kind.key, self.drawn(kind.title), self.drawn(self._random.choice(self._own.leads)), kind.noun,
            {key: self._random.choice(kind.labels[key]) for key in keys},
            {key: self._own.facts[key] for key in keys}, things,
        )  # fmt: skip

    def _value(self, kind: Kind, key: str) -> str:
        return self._new(kind.values.get(key, self._own.facts[key].values), self._values[key])

    def _new(self, templates: Sequence[str], known: list[str]) -> str:
        """Draw what is no part of anything known, nor has it as a part; remember it."""
        for _ in range(_TRIES):
            drawn = self.drawn(self._random.choice(templates))
            own = core(drawn)
            if not any(own in other or other in own for other in known):
                known.append(own)
                return drawn
        raise ValueError(f"too few different values can be drawn from {templates[0]}")

    def _filled(self, slot: str) -> str:
        number = _NUMBER.fullmatch(slot)
        if number:
            first, last, step = int(number[1]), int(number[2]), int(number[3] or 1)
            return str(self._random.randrange(first, last + 1, step))
        return self._parts.get(slot) or self._random.choice(slot.split("|"))

    def _lacks(self, keys: Sequence[str], count: int) -> list[frozenset[str]]:
        """Return which facts each thing lacks: one or two, and each fact is told of two things at least."""
        while True:
            lacks = [frozenset(self._random.sample(keys, self._random.choice((1, 2)))) for _ in range(count)]
            told_twice = all(sum(key in lacked for lacked in lacks) <= count - 2 for key in keys)
            if told_twice and sum(map(len, lacks)) >= _LACKS:
                return lacks


def core(value: str) -> str:
    """Return a value without the brackets at its end: what an answer has to say at least.

    >>> core("12台（うち車いす使用者用1台）")
    '12台'
    """
    return _BRACKET.sub("", value)
