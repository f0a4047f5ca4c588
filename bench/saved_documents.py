"""What a writer's document is as a file."""

from io import BytesIO
from typing import Any


def saved(document: Any) -> bytes:
    """Return the bytes that a document saves."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()
