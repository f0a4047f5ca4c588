"""Where the text of a web page stands: menus, headers, forms, breadcrumbs, lists of links and hidden things are no text."""

import re
from functools import lru_cache
from typing import Any

from corpus.data_rows import data_rows
from corpus.reading.html_hidden import hidden_texts, is_hidden

_DROPPED = {
    *("nav", "footer", "aside", "template", "noscript", "script", "style", "iframe", "object", "svg", "math"),
    *(
        "canvas",
        "audio",
        "video",
        "button",
        "select",
        "textarea",
        "input",
        "datalist",
        "dialog",
        "head",
        "map",
    ),
    *("rt", "rp", "rtc"),
}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "menubar"}
_TRAIL = re.compile(
    r"(?:現在(?:の)?(?:位置|地)[:：]?)?(?:ホーム|トップ(?:ページ)?|HOME|TOP|Home|Top)\s*(?:[>＞»›≫/／]|$)"
)
_SEPARATORS = re.compile(r"[\s　|｜│/／・>＞»›【】\[\]()（）,、。:：-]+")
_LEAST_LINKS = 3
_LINKED = 0.9
_LONGEST_TRAIL = 300
_LEAST_SHARE = 0.25


def main_parts(body: Any) -> list[Any]:
    """Return the elements that hold a page's text: its <main>, else its one <article>, else a part named so, else all."""
    for path in (".//main|.//*[@role='main']", ".//article"):
        found = [element for element in body.xpath(path) if not is_hidden(element)]
        nested = set(found)
        found = [element for element in found if nested.isdisjoint(element.iterancestors())]
        if found and (path != ".//article" or len(found) == 1) and any(text_length(e) for e in found):
            return found
    whole = text_length(body)
    for pattern in _patterns("main"):
        for element in body.iter("div", "td", "section"):
            names = _names(element)
            if any(pattern.fullmatch(name) for name in names) and text_length(element) > whole * _LEAST_SHARE:
                return [element]
    return [body]


def unshown_texts(body: Any) -> list[str]:
    """Return what stands hidden in a page's text, not in its menus and the like."""
    frames = frozenset(_DROPPED - {"template"})
    return [text for part in main_parts(body) for text in hidden_texts(part, frames)]


def is_left_out(element: Any, root: Any, *, whole: int, links: bool) -> bool:
    """Tell whether an element is no text of the page, whose root shows `whole` characters.

    `links` keeps lists of links, for a page of nothing else.
    """
    tag = element.tag
    if tag in _DROPPED or is_hidden(element) or element.get("role", "").lower() in _ROLES:
        return True
    if tag == "header":
        return root.tag not in ("main", "article") and not _inside(element, ("main", "article"))
    if tag == "form" or any(p.fullmatch(n) for n in _names(element) for p in _patterns("furniture")):
        # A form or a part named "main-header" that holds most of the page is no furniture but its frame.
        return text_length(element) * 2 < whole
    if tag == "a":
        return _leads_up(element)
    if tag in ("ul", "ol", "p", "div", "dl"):
        return _is_trail(element) or (not links and tag in ("ul", "ol") and _is_link_list(element))
    return False


def text_length(element: Any) -> int:
    """Return how many characters an element shows, white space aside."""
    return sum(len(text.strip()) for text in element.itertext(tag="*", with_tail=True))


def _is_long(element: Any) -> bool:
    """Tell whether an element shows more than the way from the home page, without reading on."""
    length = 0
    for text in element.itertext(tag="*", with_tail=True):
        length += len(text.strip())
        if length > _LONGEST_TRAIL:
            return True
    return False


def _inside(element: Any, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _names(element: Any) -> list[str]:
    return f"{element.get('id', '')} {element.get('class', '')}".lower().split()


@lru_cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    rows = data_rows("corpus.reading", "html_boilerplate.tsv", columns=2)
    return tuple(re.compile(pattern, re.IGNORECASE) for name, pattern in rows if name == kind)


def _leads_up(link: Any) -> bool:
    text = _said(link)
    return link.get("href", "").startswith("#") and any(p.fullmatch(text) for p in _patterns("top"))


def _is_link_list(element: Any) -> bool:
    """Tell whether a list holds links and hardly anything beside them."""
    links = _links(element)
    return len(links) >= _LEAST_LINKS and _linked_share(element, links) >= _LINKED


def _is_trail(element: Any) -> bool:
    """Tell whether an element is the way from the home page: ホーム > くらし > ごみ."""
    if _is_long(element):
        return False
    links = _links(element)
    return bool(_TRAIL.match(_said(element))) and _linked_share(element, links) >= 0.4


def _links(element: Any) -> list[Any]:
    return [link for link in element.iter("a") if link.get("href")]


def _linked_share(element: Any, links: list[Any]) -> float:
    whole = len(_SEPARATORS.sub("", _said(element)))
    return sum(len(_SEPARATORS.sub("", _said(link))) for link in links) / whole if whole else 0.0


def _said(element: Any) -> str:
    return "".join(element.itertext(tag="*", with_tail=True)).strip()
