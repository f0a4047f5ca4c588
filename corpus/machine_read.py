"""Pages whose text a machine read from a picture: a wrong digit in them looks like a right one."""

import re
from dataclasses import replace

from corpus.types import Document

_PRINTED = re.compile(r"[^\n]")


def without_machine_read(document: Document) -> Document:
    """Return a document with spaces in place of what a machine read, as long as before.

    What adds and compares numbers reads this: those that a machine read are quoted as text only.
    """
    text = document.text
    for page in document.pages:
        if page.machine_read is not None:
            blank = _PRINTED.sub(" ", text[page.start : page.end])
            text = text[: page.start] + blank + text[page.end :]
    return document if text == document.text else replace(document, text=text)
