"""Fills the templates: everything is inlined, every value escaped."""

from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def fill(template: str, **values: object) -> str:
    """Return a page; strings are escaped, but for the drawings and the project's own style and script."""
    from markupsafe import Markup

    own = {name: Markup((_HERE / f"page.{name}").read_text("utf-8")) for name in ("css", "js")}  # noqa: S704
    page: str = _environment().get_template(template).render(**values, **own)
    return page


def drawn(svg: str) -> Any:
    """Return a drawing as markup: it is made of the project's own shapes, its words are escaped."""
    from markupsafe import Markup

    return Markup(svg)  # noqa: S704
