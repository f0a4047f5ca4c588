"""Imports sentence-transformers so that it never asks the network."""

import os
from functools import cache
from importlib import import_module
from typing import Any


@cache
def sentence_transformers() -> Any:
    """Return the package with its modules; the first call takes 4 to 15 s."""
    # Both are read when the packages are imported, so they must be set before.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    package = import_module("sentence_transformers")
    import_module("sentence_transformers.sentence_transformer.modules")
    return package
