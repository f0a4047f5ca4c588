"""The counter's own words in every language that it answers in: one reviewed file, `messages.tsv`."""

from collections.abc import Mapping
from functools import cache

from corpus.data_rows import data_rows

JAPANESE = "ja"
LANGUAGES = (
    "ja", "en", "zh-Hans", "zh-Hant", "ko", "de", "es", "fr", "it", "nl", "pt", "pl", "ru", "tr", "th", "ar",
)  # fmt: skip
"""Language tags (BCP 47) of Japanese and of all that the built-in encoder knows."""


def say(message: str, language: str, **places: object) -> str:
    """Return a message with its places filled; Japanese where `language` is none of LANGUAGES.

    >>> say("page", "en", page=7), say("page", "vi", page=7)
    ('page 7', '7ページ')
    """
    texts = messages()[message]
    return texts.get(language, texts[JAPANESE]).format(**places)


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Return every message by name and language."""
    found: dict[str, dict[str, str]] = {}
    for name, language, text in data_rows("qa.replies", "messages.tsv"):
        found.setdefault(name, {})[language] = text
    return found
