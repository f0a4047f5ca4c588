"""A follow-up joined with the question before it: like stands for like, else the earlier subject comes in front."""

import re
from collections.abc import Callable
from itertools import pairwise

from index.types import Token
from qa.following_ellipsis import Ellipsis, Kind
from qa.following_phrases import Parts, Phrase, closed_end
from qa.following_words import ADVERBIAL, COPULA, PARTICLE, RANK, WHY
from qa.following_years import asked_years
from qa.wanted import wanted_kind

Attested = Callable[[str], bool]
_MARKS = frozenset({"は", "って", "とは"})
_CLOSE = re.compile(
    r"(?:の(?:\w{1,5}[ない])?|に(?:必要な|関する|ついての|対する|かかる|係る)|、|で、| )?"
)  # between a thing and what is asked of it
_TRAILING = " 　、,。.?？!！"
_DIVISION_ENDS = "市区町村県府都道国州"


def joined(rest: Ellipsis, earlier: Parts, attested: Attested) -> str | None:
    """Return the completed question, its year still that of `earlier`; None where it cannot be told."""
    match rest.kind:
        case Kind.YEAR:
            return earlier.text
        case Kind.MORE:
            return f"{topic(earlier)}について詳しく教えてください"
        case Kind.OTHERS:
            return f"{topic(earlier)}をすべて教えてください"
        case Kind.PRONOUN:
            return _pronoun(rest, earlier)
        case Kind.THING:
            return _substituted(rest.phrase, earlier, attested)
        case Kind.PROPERTY:
            return _property(rest, earlier)
        case Kind.ORDINAL:
            return _ranked(rest, earlier)
        case Kind.SUPERLATIVE:
            return _extreme(rest.said, earlier)
        case Kind.INTERROGATIVE:
            return _interrogative(rest.said, earlier)
        case Kind.PREDICATE:
            return f"{subject(earlier)}は{rest.said.text}"


def topic(earlier: Parts) -> str:
    """Return what a question is about, its last property included: 「Aの予算はいくら」 → 「Aの予算」."""
    return _dated(earlier, _inside(earlier)[-1].end)


def subject(earlier: Parts) -> str:
    """Return the thing a question is about: 「Aの電話番号は」 → 「A」."""
    inside = _inside(earlier)
    while len(inside) > 1 and inside[-1].dependent and _CLOSE.fullmatch(_between(earlier, *inside[-2:])):
        inside = inside[:-1]
    return _dated(earlier, inside[-1].end)


def _dated(earlier: Parts, end: int) -> str:
    """Keep the year of a question whose year stands after its subject: 「A、令和3年度はいくら」."""
    text = earlier.text[: closed_end(earlier.text, end)]
    years = asked_years(earlier.text, earlier.years)
    if not years or any(year.start < end for year in years):
        return text
    return f"{earlier.text[years[0].start : years[0].end]}の{text}"


def _inside(earlier: Parts) -> tuple[Phrase, ...]:
    """Return the phrases before the topic mark; all of them where there is no mark."""
    mark = _mark(earlier)
    before = tuple(phrase for phrase in earlier.phrases if mark is None or phrase.end <= mark[0])
    return before or earlier.phrases[:1]


def _mark(earlier: Parts) -> tuple[int, int] | None:
    """Return the last topic mark before the interrogative, or the last one where it comes first."""
    marks = [(t.start, t.end) for t in earlier.tokens if t.pos == "助詞" and t.surface in _MARKS]
    asked = min((start for start, _ in earlier.interrogatives), default=len(earlier.text))
    before = [mark for mark in marks if mark[0] < asked]
    found = before or marks
    return found[-1] if found else None


def _predicate(earlier: Parts) -> list[Token]:
    """Return the words that tell something of the topic: those after its mark."""
    mark = _mark(earlier)
    return [verb for verb in earlier.verbs if mark and verb.start >= mark[1]]


def _between(earlier: Parts, a: Phrase, b: Phrase) -> str:
    """Return the words between two phrases, a year among them left out: 「Aの令和4年度予算」."""
    return "".join(
        char
        for place, char in enumerate(earlier.text[a.end : b.start], a.end)
        if not any(year.start <= place < year.end for year in earlier.years)
    )


def _replaced(earlier: Parts, start: int, end: int, new: str) -> str:
    return earlier.text[:start] + new + earlier.text[end:]


def _pronoun(rest: Ellipsis, earlier: Parts) -> str | None:
    after = rest.said.text
    if rest.pronoun in ("it", "there"):
        return f"{topic(earlier) if rest.pronoun == 'it' else subject(earlier)}{after}"
    noun = rest.phrase.text
    same = [phrase.text for phrase in earlier.phrases if phrase.text.endswith(noun) and phrase.text != noun]
    if same or subject(earlier).endswith(noun):
        return f"{(same or [subject(earlier)])[-1]}{after[rest.phrase.end :]}"
    return None if rest.pronoun == "this" else f"{subject(earlier)}の{after}"


def _property(rest: Ellipsis, earlier: Parts) -> str:
    if WHY.match(rest.said.text) and _predicate(earlier):
        return _asked_instead("なぜ", earlier) or f"{subject(earlier)}の{rest.said.text}"
    link = "が" if rest.said.tokens[0].pos == "動詞" else "の"
    return f"{subject(earlier)}{link}{rest.said.text}"


def _ranked(rest: Ellipsis, earlier: Parts) -> str | None:
    ranked = RANK.search(earlier.text)
    return _replaced(earlier, *ranked.span(), f"{rest.phrase.text}に") if ranked else None


def _extreme(said: Parts, earlier: Parts) -> str | None:
    """Turn a ranking round: 「一番増えた事業は？」「減ったのは？」 → 「一番減った事業は？」."""
    ranked = RANK.search(earlier.text)
    new = said.verbs[-1]
    old = [v for v in earlier.verbs if ranked and v.start >= ranked.end() and v.pos == new.pos]
    return _replaced(earlier, old[0].start, old[0].end, new.surface) if old else None


def _interrogative(said: Parts, earlier: Parts) -> str:
    if not COPULA.match(said.text[said.interrogatives[-1][1] :]):
        return f"{subject(earlier)}は{said.text}"
    if wanted_kind(said.text) is wanted_kind(earlier.text) and earlier.interrogatives:
        return earlier.text
    start, end = said.interrogatives[0]
    return _asked_instead(said.text[start:end], earlier) or f"{subject(earlier)}は{said.text}"


def _asked_instead(new: str, earlier: Parts) -> str | None:
    """Put an interrogative in the place of the one before: 「どこに新設されますか」「いつ？」 → 「いつ新設されますか」."""
    free = ADVERBIAL.match(new)  # such a word stands anywhere, others need a particle or です
    if not earlier.interrogatives:
        verbs = _predicate(earlier)
        return _replaced(earlier, verbs[0].start, verbs[0].start, new) if free and verbs else None
    start, end = earlier.interrogatives[0]
    if COPULA.match(earlier.text[end:]):
        return _replaced(earlier, start, end, re.sub(r"(?<!ま)[でにがをへ]$", "", new))
    particle = PARTICLE.search(earlier.text[start:end])
    if free or PARTICLE.search(new):
        return _replaced(earlier, start, end, new)
    return _replaced(earlier, start, end, new + particle[0]) if particle else None


def _substituted(new: Phrase, earlier: Parts, attested: Attested) -> str | None:
    """Put `new` in the place of the phrase of its kind."""
    items = [phrase for phrase in earlier.phrases if phrase.item]
    if new.item and len(items) > 1:
        items = [item for item in items if item.head == new.head]
        if len(items) != 1:
            return None  # of several items it cannot be told which is meant
    old = items[0] if new.item and items else _of_same_head(new, earlier)
    if old:
        return _replaced(earlier, old.start, old.end, new.text)
    latin = next((p for p in earlier.phrases if p.text.isascii() and new.text.isascii()), None)
    if latin:
        return _replaced(earlier, latin.start, latin.end, new.text)
    return _of_same_name(new, earlier, attested) or _of_same_place(new, earlier) or _as_subject(new, earlier)


def _of_same_head(new: Phrase, earlier: Parts) -> Phrase | None:
    if new.text == new.head:
        return None
    return next((p for p in earlier.phrases if p.head == new.head and not p.dependent), None)


def _of_same_name(new: Phrase, earlier: Parts, attested: Attested) -> str | None:
    """Put `new` in front of the rest of an earlier name, if the documents have that name: 上海 + 事務所."""
    for old in earlier.phrases:
        for token in old.tokens[1:]:
            name = new.text + earlier.text[token.start : old.end]
            if not old.dependent and attested(name):
                return _replaced(earlier, old.start, old.end, name)
    return None


def _of_same_place(new: Phrase, earlier: Parts) -> str | None:
    if len(new.places) != len(new.tokens):
        return None
    places = [token for phrase in earlier.phrases for token in phrase.places]
    if not places:
        return f"{new.text}の{earlier.text}"
    alike = [t for t in places if _division(t.surface) == _division(new.text)] or places
    return _replaced(earlier, alike[-1].start, alike[-1].end, new.text)


def _division(place: str) -> str:
    return place[-1] if place[-1] in _DIVISION_ENDS else ""


def _as_subject(new: Phrase, earlier: Parts) -> str:
    """Put `new` in the place of the thing that the question is about."""
    chain = list(_inside(earlier))
    for i, (a, b) in reversed(list(enumerate(pairwise(chain)))):
        if not _CLOSE.fullmatch(_between(earlier, a, b)):
            chain = chain[i + 1 :]
            break
    things = [phrase for phrase in chain if not phrase.dependent]
    things = [thing for thing in things if thing.doing == new.doing] or things
    start, end = (things[-1].start, things[-1].end) if things else (chain[0].start, chain[-1].end)
    numbered = new.text.startswith("第") or new.tokens[0].subpos == "数詞"  # 第8回は？ is one of the thing
    return _replaced(earlier, start, end, f"{earlier.text[start:end]}の{new.text}" if numbered else new.text)
