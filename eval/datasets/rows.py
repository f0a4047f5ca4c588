"""One row of a test set, validated: what every format must come down to."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from eval.figures import number
from eval.types import KINDS, UNANSWERABLE, GoldQuestion, SetProblem

_KIND_WORDS: Mapping[str, str] = {
    **{kind: kind for kind in KINDS},
    "事実": "fact",
    "事実質問": "fact",
    "数値": "figure",
    "金額": "figure",
    "件数": "figure",
    "一覧": "list",
    "列挙": "list",
    "リスト": "list",
    "計算": "compute",
    "算出": "compute",
    "比較": "compare",
    "答えなし": UNANSWERABLE,
    "回答不可": UNANSWERABLE,
    "回答不能": UNANSWERABLE,
    "資料になし": UNANSWERABLE,
    "対象外": UNANSWERABLE,
    "範囲外": UNANSWERABLE,
}
# A question longer than this is a pasted document, not a question.
_LONGEST_QUESTION = 2000
_COLUMN_WORDS: Mapping[str, str] = {
    "id": "番号",
    "question": "質問",
    "kind": "種別",
    "answers": "正解",
    "members": "項目",
    "value": "数値",
    "unit": "単位",
    "evidence": "根拠",
    "user": "利用者",
    "note": "備考",
    "history": "前の質問",
}


class Row(BaseModel):
    """The fields of a row. Texts are trimmed; an empty text is as good as none."""

    model_config = ConfigDict(extra="allow", str_strip_whitespace=True, coerce_numbers_to_str=True)

    id: str = ""
    question: str = Field(min_length=1, max_length=_LONGEST_QUESTION)
    kind: str = ""
    user: str = ""
    answers: tuple[str, ...] = ()
    members: tuple[tuple[str, ...], ...] = ()
    value: Decimal | None = None
    unit: str = ""
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, row: Any) -> Any:
        if not isinstance(row, Mapping):
            raise ValueError("行が項目の集まり（JSONのオブジェクト）ではありません")
        return {str(key): value for key, value in row.items() if value is not None}

    @field_validator("kind", mode="after")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        word = unicodedata.normalize("NFKC", kind).strip().lower()
        if word and word not in _KIND_WORDS:
            raise ValueError(
                f"種別「{kind}」は使えません。{'・'.join(KINDS)}（事実・数値・一覧・計算・比較・答えなし）のどれかにしてください"
            )
        return _KIND_WORDS.get(word, "")

    @field_validator("answers", "evidence", "history", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str | int | float) else value

    @field_validator("answers", "evidence", "history", mode="after")
    @classmethod
    def _no_blanks(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for text in texts if text))

    @field_validator("members", mode="before")
    @classmethod
    def _one_variant_is_a_list(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [[member] if isinstance(member, str | int | float) else member for member in value]
        return value

    @field_validator("members", mode="after")
    @classmethod
    def _no_blank_members(cls, members: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        kept = (tuple(variant for variant in member if variant) for member in members)
        return tuple(member for member in kept if member)

    @field_validator("value", mode="before")
    @classmethod
    def _printed_number(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise ValueError("数値ではありません")
        text = unicodedata.normalize("NFKC", str(value)).strip()
        if not text:
            return None
        read = number(text)
        if read is None:
            raise ValueError(f"数値「{value}」を読めません。単位は別の列に、数字だけを書いてください")
        return read

    @model_validator(mode="after")
    def _has_gold(self) -> Self:
        gold = bool(self.answers or self.members or self.value is not None)
        if self.kind == UNANSWERABLE and gold:
            raise ValueError("種別が「答えなし」ですが、正解が書かれています。どちらかを直してください")
        if self.kind != UNANSWERABLE and not gold:
            raise ValueError(
                "正解がありません。正解・項目・数値のどれかを書くか、種別を「答えなし」にしてください"
            )
        return self

    def gold(self, number: int) -> GoldQuestion:
        """Return the record; a row without id is called after its number, one without kind after its gold."""
        return GoldQuestion(
            id=self.id or f"q{number:05d}",
            question=self.question,
            kind=self.kind or self._kind_by_gold(),
            user=self.user,
            answers=self.answers,
            members=self.members,
            value=self.value,
            unit=self.unit,
            evidence=self.evidence,
            history=self.history,
            note=self.note,
            fields=_plain_fields(self.model_extra or {}),
        )

    def _kind_by_gold(self) -> str:
        if self.members:
            return "list"
        return "figure" if self.value is not None else "fact"


def _plain_fields(extra: Mapping[str, Any]) -> dict[str, str]:
    plain = {key: value for key, value in extra.items() if isinstance(value, str | int | float | bool)}
    return {key: _shown(value) for key, value in sorted(plain.items()) if _shown(value)}


def _shown(value: str | float) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value).strip()


def collect(
    rows: Iterable[tuple[int, Any]], columns: Mapping[str, str] | None = None
) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Validate numbered rows: the good ones, and the problems of the others. `columns` gives headers as written."""
    questions: list[GoldQuestion] = []
    problems: list[SetProblem] = []
    first_row: dict[str, int] = {}
    asked: dict[tuple[str, tuple[str, ...]], str] = {}
    for place, raw in rows:
        try:
            gold = Row.model_validate(raw).gold(place)
        except ValidationError as error:
            problems += _told(error, place, columns or {})
            continue
        if gold.id in first_row:
            problems.append(
                SetProblem(
                    f"番号「{gold.id}」は{first_row[gold.id]}行目と重なっています。後の行を除きました",
                    place,
                    _header("id", columns),
                )
            )
            continue
        first_row[gold.id] = place
        words = (re.sub(r"\s", "", gold.question), gold.history)
        if words in asked:
            problems.append(
                SetProblem(
                    f"同じ質問が「{asked[words]}」にもあります（両方を使います）",
                    place,
                    _header("question", columns),
                    fatal=False,
                )
            )
        asked.setdefault(words, gold.id)
        questions.append(gold)
    return tuple(questions), tuple(problems)


def _header(field: str, columns: Mapping[str, str] | None) -> str:
    return (columns or {}).get(field) or field


def _told(error: ValidationError, place: int, columns: Mapping[str, str]) -> list[SetProblem]:
    return [
        SetProblem(_japanese(one), place, _header(str(one["loc"][0]), columns) if one["loc"] else None)
        for one in error.errors(include_url=False)
    ]


def _japanese(error: Mapping[str, Any]) -> str:
    field = _COLUMN_WORDS.get(str(error["loc"][0]) if error["loc"] else "", "値")
    match error["type"]:
        case "value_error":
            return str(error["ctx"]["error"])
        case "missing" | "string_too_short":
            return f"{field}がありません"
        case "string_too_long":
            return f"{field}が長すぎます（{_LONGEST_QUESTION}字まで）"
        case _:
            return f"{field}の書き方が違います（{str(error.get('input'))[:40]}）"
