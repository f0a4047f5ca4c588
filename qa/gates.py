"""What an answer must have whatever else speaks for it: the unit asked for, the year asked for, a person's name."""

import re
from collections.abc import Iterator

from corpus.normalizing import squash
from corpus.tables.years import fiscal_years
from index.tokenizer import SudachiTokenizer
from qa.drafts import Draft, Kind
from qa.phrases import WIDE, asks_person, title_of
from qa.siblings import Check, all_called, all_of, is_no_sibling, names_one, of_the_kind, of_those_named
from qa.spans import smallest_unit
from qa.types import Question, Wanted
from qa.wanted import wants_several

_BY_NAME = re.compile(r"何という(?:方|人)|なんという(?:方|人)|氏名|(?:方|人)のお?名前")
_PHONE = re.compile(
    r"[#＃][0-9０-９]{3,4}|[0-9０-９]{2,5}[-－ー‐(（][0-9０-９]{1,4}[-－ー‐)）][0-9０-９]{3,4}"
)
_ADDRESS = re.compile(
    r"[0-9０-９一二三四五六七八九十]+(?:丁目|番地|番[0-9０-９])|[区市町村][^\s、。]{1,10}[0-9０-９]+[-－ー‐][0-9０-９]+"
)
_WEB = re.compile(r"https?://|www\.|[A-Za-z0-9_-]+\.[a-z]{2,}/|[\w.-]+@[\w-]+\.|@[A-Za-z0-9_]{3,}")
# What is asked for by name has a form of its own: an answer without it is none.
_FORMS = (
    (re.compile(r"電話番号|電話は|何番に(?:電話|かけ)|ファクス番号|FAX番号|内線"), _PHONE),
    (re.compile(r"住所|所在地|何丁目|番地"), _ADDRESS),
    (re.compile(r"メールアドレス|URL|アカウント|ホームページのアドレス|QRコード", re.IGNORECASE), _WEB),
)
_STATED = re.compile(
    r"(?<![年月第])([0-9]{1,3})(?:つ|か所|箇所|カ所|ヶ所|人|名|団体|社|校|都市|か国|言語|種類|件|項目|点|柱)(?!目)"
)
_NEGATED = re.compile(r"([^、。（）(),\s]{2,12}?)(?:じゃない|ではない|でない|以外)(?:ほう|方|の|で|に|は)")
# Interrogatives that name the answer's last word: 何語, どの区.
_CLOSED = frozenset("語 区 県 国 駅 校 課 係 階 番線 曜日".split())
_NUMBERED = frozenset({Wanted.COUNT, Wanted.AMOUNT, Wanted.WHEN})
_PLACE_IN = re.compile(
    r"(?:[区市町村県国州所館場駅港園院校店局階室]|会場|センター|ビル|ラウンジ|[^、。]{2,}で)"
)
_NAMED = frozenset({Wanted.WHO, Wanted.NAME, Wanted.DIVISION})
_THINGS = frozenset({Wanted.WHO, Wanted.WHERE, Wanted.DIVISION, Wanted.NAME})
_SURE = 0.6
_SAID = 0.3
LEAST_SAID = 0.1
"""What says less of the question, with its headings and the sentences before it, tells nothing of its matter."""
_OWNED = 0.5
# What is not so must be said not to be so: 入っていない国, 扱わない手続き.
_NOT_SO = re.compile(
    r"(?:て|で)い?ない(?![かとのでよ])[一-鿿ァ-ヶー]|[わらかさたまがば]ない[一-鿿ァ-ヶー]{1,6}[はをが]"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_DIGIT = re.compile(r"[0-9０-９一二三四五六七八九十百千万半毎元]|無料|曜|全額")
_NOT = re.compile(r"ない|ません|ず|除|以外|不可|未|対象外|できな")


class Gates:
    """What the answers of one question must have, and what they mostly have.

    A draft is looked at before its signs are complete: `sure`, `before`, `context_alike` and `nameless` are enough.
    """

    def __init__(self, question: Question, tokenizer: SudachiTokenizer) -> None:
        self._hard = list(_never_without(question, tokenizer))
        self._soft = list(_seldom_without(question))

    def admit(self, draft: Draft) -> bool:
        """Tell whether a draft has what the question cannot do without: its unit, year, names, count …"""
        return all(check(draft) for check in self._hard)

    def lacking(self, draft: Draft) -> dict[str, float]:
        """Return a sign (`lacks_phrase` …) for each thing that right answers mostly have; its worth is learnt."""
        return {f"lacks_{name}": 1.0 for name, check in self._soft if not check(draft)}


def stated_count(normalized: str) -> int | None:
    """Return how many things a question says there are: 11か所の → 11."""
    stated = _STATED.search(normalized)
    return int(stated[1]) if stated else None


def _never_without(question: Question, tokenizer: SudachiTokenizer) -> Iterator[Check]:
    for asked, form in _FORMS:
        if asked.search(question.normalized):
            yield _having(form)
    yield _spells_names
    yield _is_of_the_matter
    yield from of_those_named(question, tokenizer)
    if negated := _NEGATED.search(question.normalized):
        yield _without(squash(negated[1]))
    if _NOT_SO.search(question.normalized):
        yield _having(_NOT)
    if question.fiscal_years and question.wanted is not Wanted.WHEN:
        yield lambda draft: _of_years(draft, question.fiscal_years)
    if asks_person(question):
        yield lambda draft: _names_person(draft, question, tokenizer)
    if question.wanted in _NUMBERED:
        yield lambda draft: bool(_DIGIT.search(draft.first.text))
        if _has_unit(question):
            yield _is_typed
        yield _stands_by
    if question.wanted is Wanted.WHERE:
        yield _is_no_clause
    if question.wanted in _THINGS | _NUMBERED:
        if not wants_several(question.normalized) or names_one(question, tokenizer):
            yield _is_one
        if question.head is None and question.wanted in _THINGS:
            yield is_no_sibling(question, tokenizer)
    yield from of_the_kind(question, tokenizer)
    if question.head in _CLOSED:
        head = question.head
        yield lambda draft: all_called(draft, head) if draft.members else _is_typed(draft)
    elif question.wants_all and question.head in WIDE:
        yield lambda draft: _all_places(draft, tokenizer) if draft.members else _is_typed(draft)
    if question.wants_all:
        yield from _never_of_all(question, tokenizer)


def _never_of_all(question: Question, tokenizer: SudachiTokenizer) -> Iterator[Check]:
    """Where all are asked for: as many as the question states, of the kind that it names, and not one phrase."""
    yield _is_whole
    if stated := stated_count(question.normalized):
        yield _having_members(stated)
    if question.head and len(question.head) > 1:
        yield all_of(question.head, tokenizer)


def _seldom_without(question: Question) -> Iterator[tuple[str, Check]]:
    if any(asked.search(question.normalized) for asked, _ in _FORMS):
        yield "owner", _of_owner
    if question.wanted in _NAMED:
        yield "phrase", _is_phrase


def _having(form: re.Pattern[str]) -> Check:
    return lambda draft: bool(form.search(draft.first.quoted))


def _of_owner(draft: Draft) -> bool:
    """A telephone number is of whom the line or the heading names."""
    return draft.signs.get("context_alike", 0.0) >= _OWNED


def _having_members(count: int) -> Check:
    """Where a question says how many there are (11か所), so many must be listed."""
    return lambda draft: len(draft.members) == count


def _all_places(draft: Draft, tokenizer: SudachiTokenizer) -> bool:
    """Where places are asked for, most of what is listed names one."""
    placed = [any(t.detail == "地名" for t in tokenizer.tokens(member, "C")) for member in draft.members]
    return 2 * sum(placed) > len(placed)


def _without(excluded: str) -> Check:
    """What is said not to be meant (〜じゃない方) is not answered with."""
    return lambda draft: excluded not in squash(draft.first.quoted)


def _spells_names(draft: Draft) -> bool:
    return not draft.signs.get("nameless", 0.0)


def _has_unit(question: Question) -> bool:
    if question.wanted is Wanted.WHEN:
        return smallest_unit(question.normalized) is not None
    return question.wanted is Wanted.AMOUNT or question.counter is not None


def _is_typed(draft: Draft) -> bool:
    return draft.kind is Kind.DUTY or draft.signs.get("sure", 0.0) >= _SURE


def _of_years(draft: Draft, asked: tuple[int, ...]) -> bool:
    """A sentence that names years is of those years; one that names none is of its document's.

    A year in brackets apart from the answer is that of another number: 200回（R3：194回）.
    """
    short = draft.first.text
    told = _BRACKETS.sub(lambda found: found[0] if short in found[0] else "", draft.first.quoted)
    named = {span.year for span in fiscal_years(told)}
    return not named or bool(named & set(asked))


def _stands_by(draft: Draft) -> bool:
    """A number is of what is said around it: some of the question must be."""
    return draft.signs.get("before", 0.0) >= _SAID


def _is_of_the_matter(draft: Draft) -> bool:
    """Something of the question stands in the quote, above it or before it; duties are found by their division."""
    return draft.kind is Kind.DUTY or draft.signs.get("before", 1.0) >= LEAST_SAID


def _is_phrase(draft: Draft) -> bool:
    """Who and what it is called are answered with a phrase, not with a clause that has no such thing."""
    return draft.kind not in (Kind.CLAUSE, Kind.SENTENCE)


def _is_no_clause(draft: Draft) -> bool:
    """A place is a phrase; where none is found the whole sentence may tell, a part of it does not."""
    return draft.kind is not Kind.CLAUSE or bool(_PLACE_IN.search(draft.first.text))


def _is_one(draft: Draft) -> bool:
    """One thing is asked for: a list of several is no answer."""
    return draft.kind is not Kind.LIST


def _is_whole(draft: Draft) -> bool:
    """Where all are asked for, one phrase is not all."""
    return draft.kind in (Kind.LIST, Kind.DUTY, Kind.SENTENCE, Kind.FIELD)


def _names_person(draft: Draft, question: Question, tokenizer: SudachiTokenizer) -> bool:
    """The short answer names a person, and the title asked for stands in the sentence."""
    title = title_of(question)
    if title and title not in draft.first.quoted:
        return False
    wanted = title or _BY_NAME.search(question.normalized)
    return not wanted or any(token.detail == "人名" for token in tokenizer.tokens(draft.first.text, "C"))
