"""Text → Question: what is asked for, with which words, about which years."""

import re
from collections.abc import Sequence

from corpus.normalizing import normalize
from corpus.tables.years import fiscal_years
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.everyday import everyday_phrases
from qa.types import Question, Term, Wanted

_COUNTERS = "人|名|件|か所|ヶ所|カ所|箇所|回|言語|か国|カ国|ヶ国|都市|団体|社|校|冊|枚|台|本|個|棟|戸|世帯|階|番目|か月|ヶ月|時間|分|日|年|歳|%|パーセント|割|語|区|市|種類|つ"
_HOW_MANY = re.compile(rf"(?:何|なん|いくつの?|どのくらいの?|どれくらいの?)({_COUNTERS})")
# The first pattern that matches decides: the more specific stand first.
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.AMOUNT, re.compile(r"いくら|何円|何千円|何万円|何億円|予算額|金額|費用は|料金は|値段")),
    (
        Wanted.DUTY,
        re.compile(
            r"(?:課|部|室|センター|係|局)(?:の|は|で|って).{0,8}(?:仕事|業務|事務|分掌|役目|担当)|分掌"
        ),
    ),
    (
        Wanted.DIVISION,
        re.compile(
            r"(?:どこ|どの|何)の?(?:部署|課|係|部|局|窓口|担当)|担当(?:部署|課|は|して)|所管(?:課|は|して)|どこが(?:担当|所管)"
        ),
    ),
    (Wanted.REASON, re.compile(r"なぜ|どうして|理由|なんで|何のため|わけは|目的は")),
    (Wanted.WHEN, re.compile(r"いつ|何年|何月|何日(?!間)|何時|日付|時期|年月日|期限|何曜")),
    (
        Wanted.COUNT,
        re.compile(
            rf"いくつ|何(?:{_COUNTERS})|なん(?:人|件|回|か所)|件数|人数|回数|割合|何割|どのくらい|どれくらい"
        ),
    ),
    (
        Wanted.DEFINITION,
        re.compile(
            r"とは(?:何|なに|どんな|どういう|[??。]|$)|って(?:何|なに|なん)(?:の|です|だ|[??]|$)|意味|何のこと|どういうもの|どんな(?:組織|もの|制度|仕組み|団体|会議)"
        ),
    ),
    (
        Wanted.NAME,
        re.compile(
            r"何(?:と|て|という|っていう)(?:い|言|呼|名|[??])|名前|名称|正式|題名|タイトル|略称|日本語で|英語で|何と言"
        ),
    ),
    (Wanted.METHOD, re.compile(r"どうやって|どのように|方法|やり方|どうすれば|どうしたら|手順")),
    (Wanted.WHO, re.compile(r"誰|だれ|どなた|何者|どんな(?:人|子|方)|どういう人|対象者")),
    (
        Wanted.WHERE,
        re.compile(r"どこ|何処|場所|どちら|どの(?:国|街|町|都市|区|市|県|地域|施設)|何(?:区|県|国|市)"),
    ),
    (Wanted.YES_NO, re.compile(r"(?:ます|です|ある|ない|できる|れる|の|いい)(?:か|の)?[??。]?$")),
)
_ALL = re.compile(
    r"すべて|全て|全部|ぜんぶ|残らず|列挙|一覧|並べて|ならべて|挙げ|あげて|何と何|それぞれ|みんな|リスト|項目を|もれなく|漏れなく|どんなもの|なにとなに"
)
_STOP = frozenset(
    ["為る", "居る", "有る", "成る", "何", "誰", "何処", "何時", "何れ", "幾ら", "幾つ", "何方", "此れ", "其れ", "教える", "下さる", "呉れる", "頂く", "貰う", "言う", "知る", "願う", "事", "物", "所", "方", "人", "様", "全て", "全部", "残る", "挙げる", "列挙", "一覧", "御", "私", "内", "家", "我々", "此の", "其の", "或る", "如何", "何故", "どう", "どんな", "こう", "そう", "ちょっと", "一寸", "つ", "的", "等", "達", "良い", "出来る", "無い", "為", "訳", "下", "分かる", "答える", "説明", "質問", "知れる", "くらい", "位", "さん", "くん", "皆", "今", "今度"]
)
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_HOLLOW = frozenset({"非自立可能", "数詞", "助数詞可能"})
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
_QUOTED = re.compile(r"[「『\"]([^」』\"]{2,30})[」』\"]")
_NAME_POS = ("固有名詞",)


def analyse(text: str, tokenizer: SudachiTokenizer) -> Question:
    """Return the question in `text`; normalising drops control characters and unifies widths."""
    normalized = normalize(text).strip()
    tokens = tokenizer.tokens(normalized)
    phrases = everyday_phrases(normalized)
    added = dict.fromkeys(word for _, _, words in phrases for word in words if word not in normalized)
    how_many = _HOW_MANY.search(normalized)
    return Question(
        text=text,
        normalized=normalized,
        query=" ".join([normalized, *added]),
        wanted=_wanted(normalized),
        terms=_terms(tokens, phrases, tokenizer),
        names=_names(normalized, tokens),
        fiscal_years=tuple(span.year for span in fiscal_years(normalized)),
        counter=how_many[1] if how_many else None,
        wants_all=bool(_ALL.search(normalized)),
    )


def _wanted(normalized: str) -> Wanted:
    wanted = next((wanted for wanted, pattern in _WANTED if pattern.search(normalized)), Wanted.OTHER)
    if wanted in (Wanted.OTHER, Wanted.YES_NO, Wanted.WHO, Wanted.WHERE, Wanted.NAME) and _ALL.search(
        normalized
    ):
        return Wanted.LIST
    return wanted


def content_forms(tokens: Sequence[Token]) -> list[tuple[Token, frozenset[str]]]:
    """Return the content words of `tokens` with the forms they count as: normalised, and `#` synonym groups."""
    return [
        (token, frozenset([token.normalized.casefold(), *(f"#{group}" for group in token.synonyms)]))
        for token in tokens
        if token.pos in _CONTENT and token.subpos not in _HOLLOW and token.normalized not in _STOP
    ]


def _terms(
    tokens: Sequence[Token], phrases: Sequence[tuple[int, int, tuple[str, ...]]], tokenizer: SudachiTokenizer
) -> tuple[Term, ...]:
    """Content words, each once; a word inside an everyday phrase also counts as the administrative words for it."""
    terms: dict[str, Term] = {}
    for token, forms in content_forms(tokens):
        accepts = set(forms)
        for start, end, words in phrases:
            if token.start < end and start < token.end:
                accepts.update(
                    form for word in words for _, f in content_forms(tokenizer.tokens(word)) for form in f
                )
        terms.setdefault(token.normalized, Term(token.surface, frozenset(accepts)))
    return tuple(terms.values())


def _names(normalized: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Terms that an answer must be about: proper names, latin words, quoted terms."""
    proper = [token.surface for token in tokens if token.subpos in _NAME_POS]
    return tuple(dict.fromkeys([*proper, *_LATIN.findall(normalized), *_QUOTED.findall(normalized)]))
