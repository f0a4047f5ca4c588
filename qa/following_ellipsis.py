"""What a follow-up says, and so what it leaves out: its subject, what is asked, or all but a year."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.following_kinds import DAY_FIRST, DAY_OF, SAID_OF, WHO, sort_of
from qa.following_phrases import TELLING, Parts, Phrase
from qa.following_words import (
    ASKING,
    BARE,
    BARE_PROPERTY,
    COPULA,
    LEFT_OUT,
    MEANS,
    MORE,
    NEEDED,
    OF_PROPERTY,
    OPENER,
    ORDER,
    ORDINAL,
    OTHER_ONE,
    OTHERS,
    PRONOUN,
    SUPERLATIVE,
)
from qa.following_years import asked_years
from qa.ledger.years import YearMention

Cut = Callable[[str], Parts]
_HOW = r"どう(?:です|でした|だった|なの)?か?(?=[?？。]|$)"
_AFTER_YEAR = re.compile(rf"^(?:の?分)?(?:の(?:場合)?)?(?:に?は|に|も|だと|では|なら|って|、|,)*+(?:{_HOW})?")
_PARTICLE = re.compile(r"^(?:は|の|って|が|を|も|に|で|と|から|まで|、)")
# A clause gives a question its own subject or setting: 亡くなったのは誰, 引っ越したら何を.
_CLAUSE = re.compile(
    r"[いうくぐすつぬぶむるただ](?:の|こと|もの|ところ)(?:は|が|って)|(?:たら|れば|ので|けど|けれど)"
)
# A topic in kana that no dictionary knows: ほっとすていには何がありますか.
_UNKNOWN = re.compile(r"^[ぁ-んー]{4,}?(?:に|で|と)?(?:は|って)(?=.)")
_TOLD = 2  # things that a follow-up with その names at most; one with more tells itself what it is about
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
    OTHER_ONE = "other_one"
    DAY = "day"
    ASKED_OF = "asked_of"


@dataclass(frozen=True, slots=True)
class Ellipsis:
    """A follow-up: its kind, its words without opener and year, and the year as said."""

    kind: Kind
    said: Parts
    year: YearMention | None = None
    year_text: str = ""
    pronoun: str = ""
    noun: str = ""

    @property
    def phrase(self) -> Phrase:
        """Return the noun phrase that a property or a thing is."""
        return self.said.phrases[0]


def ellipsis(text: str, cut: Cut) -> Ellipsis | None:
    """Return what the normalised `text` leaves out, or None where it can stand by itself."""
    text = without_opener(text)
    pronoun = PRONOUN.match(text)
    if pronoun and ORDER.match(text[pronoun.end() :]):
        return None
    if pronoun and not OTHERS.match(text):
        return _with_pronoun(text[pronoun.end() :], pronoun, cut)
    for kind, pattern in ((Kind.MORE, MORE), (Kind.OTHERS, OTHERS)):
        if pattern.match(text):
            return Ellipsis(kind, cut(text))
    other, day = OTHER_ONE.match(text), DAY_FIRST.match(text)
    if other and LEFT_OUT.match(text[other.end() :]):
        return Ellipsis(
            Kind.OTHER_ONE, cut(text), noun=(other["noun"] or "").removesuffix("方").removesuffix("ほう")
        )
    if day and LEFT_OUT.match(text[day.end() :]):
        return Ellipsis(Kind.DAY, cut(text), noun=re.split("分$|の", day[0])[0])
    return _of_some(text, cut) or _of_year(text, cut)


def _of_some(text: str, cut: Cut) -> Ellipsis | None:
    """Take a question about some people or days of what was spoken of: 市外の人は？ 子どもはいくら？."""
    who, said_of = WHO.match(text), SAID_OF.match(text)
    if who and LEFT_OUT.match(text[who.end() :]) and not sort_of(re.split("の", who[0])[0]):
        return Ellipsis(Kind.DAY, cut(text), noun=who["who"])
    asked = cut(said_of["asked"]) if said_of else None
    if not said_of or not asked or not asked.interrogatives or asked.interrogatives[0][0] > 0:
        return None
    told = COPULA.match(asked.text[asked.interrogatives[0][1] :])
    return Ellipsis(Kind.ASKED_OF, asked, noun=said_of["of"]) if told else None


def without_opener(text: str) -> str:
    """Return `text` without では, ありがとう and the like in front."""
    opener = OPENER.match(text)
    return text[opener.end() :] if opener else text


def _with_pronoun(after: str, pronoun: re.Match[str], cut: Cut) -> Ellipsis | None:
    if not pronoun["its"]:
        plain = after.startswith(("は", "って")) and not pronoun["there"]
        asked = _of_year(after[1:], cut) if plain else None
        if asked and asked.kind is Kind.INTERROGATIVE and not asked.said.verbs:
            return asked
        kind = "there" if pronoun["there"] else "it"
        return Ellipsis(Kind.PRONOUN, cut(after), pronoun=kind) if _PARTICLE.match(after) else None
    inner = _of_year(after, cut)
    if inner and inner.kind in (Kind.YEAR, Kind.PROPERTY) and len(inner.said.phrases) <= 1:
        here = (
            pronoun["this"] and inner.said.phrases and len(inner.phrase.text) == 1
        )  # この局: the one that answers
        return None if here else inner
    said = cut(after)
    if not said.phrases or said.phrases[0].start > 0:
        return None
    if sum(not phrase.dependent for phrase in said.phrases) > _TOLD:
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
    if BARE_PROPERTY.match(said.text):
        return Ellipsis(Kind.PROPERTY, said)
    if BARE.match(said.text) or _by_means(said):
        return Ellipsis(Kind.PREDICATE, said)
    if not said.phrases:
        return _without_noun(said)
    if said.interrogatives and said.interrogatives[0][0] == 0:
        return _asked_of(said)
    if day := DAY_OF.match(said.text):
        return _on_day(said, day.end())
    phrase = said.phrases[0]
    clause = said.tokens[0].pos in TELLING and phrase.dependent  # 減った理由は？
    if _property_of_property(said):
        return Ellipsis(Kind.PROPERTY, said)
    if len(said.phrases) > 1 or phrase.whole or (phrase.start > 0 and not clause):
        return None
    after = said.text[phrase.end :]
    if phrase.dependent:
        told = OF_PROPERTY.match(after) or _PARTICLE.match(after)
        return Ellipsis(Kind.PROPERTY, said) if told else None
    if phrase.doing and NEEDED.match(after) and not sort_of(phrase.text):
        return Ellipsis(Kind.PROPERTY, said)
    if not phrase.item and NEEDED.match(after):
        return Ellipsis(Kind.PREDICATE, said)
    kind = Kind.ORDINAL if ORDINAL.fullmatch(phrase.text) else Kind.THING
    return Ellipsis(kind, said) if LEFT_OUT.match(after) else None


def _property_of_property(said: Parts) -> bool:
    """Tell whether all that is said is one property after another: 予約の電話番号は？."""
    if len(said.phrases) != 2 or said.phrases[0].start > 0:
        return False
    first, last = said.phrases
    alone = first.dependent and last.dependent and said.text[first.end : last.start] == "の"
    return alone and bool(OF_PROPERTY.match(said.text[last.end :]))


def _by_means(said: Parts) -> bool:
    """Tell whether all that is asked is another way or day of doing it: 郵送でもできますか 祝日も収集しますか."""
    means, day = MEANS.match(said.text), DAY_FIRST.match(said.text)
    end = means.end() if means else day.end() if day else 0
    told = bool(end) and all(phrase.end <= end for phrase in said.phrases) and not _CLAUSE.search(said.text)
    verbs = any(token.pos in TELLING for token in said.tokens)
    return told and (verbs or bool(means)) and bool(ASKING.search(said.text))


def _asked_of(said: Parts) -> Ellipsis | None:
    """Take a question that starts with what it asks and names no thing: どの課が担当？ 何人募集？."""
    general = len(said.phrases) == 1 and (said.phrases[0].dependent or said.phrases[0].doing)
    return Ellipsis(Kind.INTERROGATIVE, said) if general and not _CLAUSE.search(said.text) else None


def _on_day(said: Parts, start: int) -> Ellipsis | None:
    """Take a property of some day: 平日の開館時間は？ 夜間にかける番号は？."""
    rest = [phrase for phrase in said.phrases if phrase.start >= start]
    if len(rest) != 1 or not rest[0].dependent:
        return None
    between = [token for token in said.tokens if start <= token.start < rest[0].start]
    told = OF_PROPERTY.match(said.text[rest[0].end :]) and all(t.pos in TELLING for t in between)
    return Ellipsis(Kind.PROPERTY, said) if told else None


def _without_noun(said: Parts) -> Ellipsis | None:
    if said.verbs and SUPERLATIVE.match(said.text):
        return Ellipsis(Kind.SUPERLATIVE, said)
    unknown = _UNKNOWN.match(said.text)
    asked_first = unknown and any(start < unknown.end() for start, _ in said.interrogatives)
    if _CLAUSE.search(said.text) or (unknown and not asked_first):
        return None
    if said.interrogatives:
        return Ellipsis(Kind.INTERROGATIVE, said)
    return Ellipsis(Kind.PREDICATE, said) if said.verbs and ASKING.search(said.text) else None
