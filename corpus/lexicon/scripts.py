"""The scripts that Japanese is written in: one letter of each, and words in one of them."""

import re

HIRAGANA = re.compile(r"[ぁ-ゖ]")
KATAKANA = re.compile(r"[ァ-ヺー]")
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
KANJI = re.compile(r"[㐀-鿿々]")
HIRAGANA_WORD = re.compile(r"[ぁ-ゖー]+")
KATAKANA_WORD = re.compile(r"[ァ-ヺー]+")
