"""What a follow-up says, and so what it leaves out: its subject, what is asked, or all but a year."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.following_phrases import TELLING, Parts, Phrase
from qa.following_words import (
    ASKING,
    LEFT_OUT,
    MORE,
    OF_PROPERTY,
    OPENER,
    ORDINAL,
    OTHERS,
    PRONOUN,
    SUPERLATIVE,
)
from qa.following_years import asked_years
from qa.ledger.years import YearMention

Cut = Callable[[str], Parts]
_HOW = r"どう(?:です|でした|だった|なの)?か?(?=[?？。]|$)"
_AFTER_YEAR = re.compile(rf"^(?:分)?(?:の(?:場合)?)?(?:に?は|に|も|だと|では|なら|って|、|,)*(?:{_HOW})?")
_PARTICLE = re.compile(r"^(?:は|の|って|が|を|も|に|で|と|から|まで|、)")
# A clause gives a question its own subject or setting: 亡くなったのは誰, 引っ越したら何を.
_CLAUSE = re.compile(
    r"[いうくぐすつぬぶむるただ](?:の|こと|もの|ところ)(?:は|が|って)|(?:たら|れば|ので|けど|けれど)"
)
_BLANK = re.compile(r"^[\s。.、,!?？！]*$")


class Kind(StrEnum):
    """What a follow-up consists of."""

    YEAR = "year"
    PROPERTY = "property"
    THING = "thing"
    ORDINAL = "ordinal"
    SUPERLATIVE = "superlative"
    INTERROGATIVE = "interrogative"
    PREDICATE = "predicate"
    PRONOUN = "pronoun"
    MORE = "more"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Ellipsis:
    """A follow-up: its kind, its words without opener and year, and the year as said."""

    kind: Kind
    said: Parts
    year: YearMention | None = None
    year_text: str = ""
    pronoun: str = ""

    @property
    def phrase(self) -> Phrase:
        """Return the noun phrase that a property or a thing is."""
        return self.said.phrases[0]


def ellipsis(text: str, cut: Cut) -> Ellipsis | None:
    """Return what the normalised `text` leaves out, or None where it can stand by itself."""
    text = without_opener(text)
    pronoun = PRONOUN.match(text)
    if pronoun and not OTHERS.match(text):
        return _with_pronoun(text[pronoun.end() :], pronoun, cut)
    for kind, pattern in ((Kind.MORE, MORE), (Kind.OTHERS, OTHERS)):
        if pattern.match(text):
            return Ellipsis(kind, cut(text))
    return _of_year(text, cut)


def without_opener(text: str) -> str:
    """Return `text` without では, ありがとう and the like in front."""
    opener = OPENER.match(text)
    return text[opener.end() :] if opener else text


def _with_pronoun(after: str, pronoun: re.Match[str], cut: Cut) -> Ellipsis | None:
    if not pronoun["its"]:
        asked = _of_year(after[1:], cut) if after.startswith(("は", "って")) else None
        if asked and asked.kind is Kind.INTERROGATIVE and not asked.said.verbs:
            return asked
        kind = "there" if pronoun["there"] else "it"
        return Ellipsis(Kind.PRONOUN, cut(after), pronoun=kind) if _PARTICLE.match(after) else None
    inner = _of_year(after, cut)
    if inner and inner.kind in (Kind.YEAR, Kind.PROPERTY):
        return inner
    said = cut(after)
    if not said.phrases or said.phrases[0].start > 0:
        return None
    return Ellipsis(Kind.PRONOUN, said, pronoun="this" if pronoun["this"] else "its")


def _of_year(text: str, cut: Cut) -> Ellipsis | None:
    """Take a year off the front, and look at what remains."""
    said = cut(text)
    years = asked_years(text, said.years)
    if not years or years[0].start > 0:
        return _plain(said)
    if len(years) > 1:
        return None
    year = years[0]
    rest = text[year.end :]
    rest = rest[_AFTER_YEAR.match(rest).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    inner = Ellipsis(Kind.YEAR, cut(rest)) if _BLANK.match(rest) else _plain(cut(rest))
    return replace(inner, year=year, year_text=text[year.start : year.end]) if inner else None


def _plain(said: Parts) -> Ellipsis | None:
    if not said.phrases:
        return _without_noun(said)
    phrase = said.phrases[0]
    clause = said.tokens[0].pos in TELLING and phrase.dependent  # 減った理由は？
    if len(said.phrases) > 1 or phrase.whole or (phrase.start > 0 and not clause):
        return None
    after = said.text[phrase.end :]
    if phrase.dependent:
        told = OF_PROPERTY.match(after) or _PARTICLE.match(after)
        return Ellipsis(Kind.PROPERTY, said) if told else None
    kind = Kind.ORDINAL if ORDINAL.fullmatch(phrase.text) else Kind.THING
    return Ellipsis(kind, said) if LEFT_OUT.match(after) else None


def _without_noun(said: Parts) -> Ellipsis | None:
    if said.verbs and SUPERLATIVE.match(said.text):
        return Ellipsis(Kind.SUPERLATIVE, said)
    if _CLAUSE.search(said.text):
        return None
    if said.interrogatives:
        return Ellipsis(Kind.INTERROGATIVE, said)
    return Ellipsis(Kind.PREDICATE, said) if said.verbs and ASKING.search(said.text) else None
