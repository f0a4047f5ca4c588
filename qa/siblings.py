"""Things of one kind that a question names: what is told of another of the kind is no answer."""

import re
from collections.abc import Callable, Iterator

from corpus.normalizing import squash
from index.tokenizer import SudachiTokenizer
from qa.drafts import Draft
from qa.types import Question

Check = Callable[[Draft], bool]

# Things that are called what they are: 上海事務所 is a 事務所, a 団体 may be called anything.
_CALLED_SO = frozenset(
    "事務所 事業 センター 課 係 部 局 室 公園 学校 小学校 中学校 高校 大学 病院 図書館 公民館 集会所 会館 体育館 館 駅 区 "
    "法 条例 計画 戦略 協定 委員会 審議会 協議会 会議 補助金 助成 交付金 基金 手当 制度 証明書 保育所 "
    "保育園 児童館 支所 出張所".split()
)
# Of what one thing is asked; which kind of things is asked for.
_SUBJECT = re.compile(
    r"([一-鿿々ァ-ヶーA-Za-z]{3,12})(?:の(?:場所|所在地|住所|責任者|担当))?(?:は|って|が)(?:どこ|どちら|誰|だれ|どなた|何)"
)
_KIND = re.compile("(?:どんな|どのような|どういう|どういった)([一-鿿ァ-ヶー]{1,6})")
_NAMED_ONE = re.compile(
    rf"([一-鿿々ァ-ヶーA-Za-z]{{1,10}}?)({'|'.join(sorted(k for k in _CALLED_SO if len(k) > 1))})(?![一-鿿ァ-ヶー])"
)
_OWN_CITY = re.compile("^[一-鿿]{1,4}[市県区町村]")


def names_one(question: Question, tokenizer: SudachiTokenizer) -> bool:
    """Tell whether one thing is asked about by its name: 北州事務所はどこですか, though どこですか may want several."""
    subject = _SUBJECT.search(question.normalized)
    tokens = tokenizer.tokens(subject[1], "C") if subject and not question.wants_all else []
    return len(tokens) > 1 and any(token.subpos == "固有名詞" for token in tokens)


def is_no_sibling(question: Question, tokenizer: SudachiTokenizer) -> Check:
    """Where one thing is, or whose it is, is not told by another of its kind: 南支所 is not where 北支所 is."""
    subject = _SUBJECT.search(question.normalized)
    tokens = tokenizer.tokens(subject[1], "C") if subject else []
    kind = tokens[-1].surface if len(tokens) > 1 else ""
    if len(kind) < len("支所") or kind not in _CALLED_SO:
        return lambda draft: True
    return lambda draft: not draft.first.text.endswith(kind)


def of_those_named(question: Question, tokenizer: SudachiTokenizer) -> Iterator[Check]:
    """A line on another thing of the kind tells nothing of the one asked for: 南支所 opened when 北支所 did not."""
    for full, kind in _NAMED_ONE.findall(question.normalized):
        name = _OWN_CITY.sub("", full)  # A city need not say its own name.
        if any(token.subpos == "固有名詞" for token in tokenizer.tokens(name, "C")):
            yield _naming(squash(name), kind)


def _naming(name: str, kind: str) -> Check:
    other = re.compile(rf"[一-鿿ァ-ヶーA-Za-z]{kind}")

    def check(draft: Draft) -> bool:
        quoted = draft.first.quoted
        told = squash(quoted + "".join(draft.first.evidence.passage.heading))
        return name in told or not other.search(quoted)

    return check


def of_the_kind(question: Question, tokenizer: SudachiTokenizer) -> Iterator[Check]:
    """どんな課がありますか: what is listed is mostly called so, where things of the kind are."""
    if kind := _KIND.search(question.normalized):
        called = all_of(kind[1], tokenizer)
        yield lambda draft: called(draft) if draft.members else True


def all_of(head: str, tokenizer: SudachiTokenizer) -> Check:
    """Where all things of a kind are asked for (事務所), those listed are mostly called so."""
    noun = tokenizer.tokens(head, "C")[-1].surface
    if noun not in _CALLED_SO:
        return lambda draft: True
    return lambda draft: all_called(draft, noun)


def all_called(draft: Draft, noun: str) -> bool:
    """Tell whether most members of a draft have `noun` in their names."""
    return 2 * sum(noun in member for member in draft.members) > len(draft.members)
