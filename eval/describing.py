"""What a run was made with: set, build, versions, settings. Nothing that differs when it is repeated."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from eval.normalizing import DECLARED
from eval.resampling import LEVEL, RESAMPLES, SEED
from eval.types import GoldSet

_LIBRARIES = ("madoguchi", "ir-measures", "numpy", "scipy", "SudachiPy", "sudachidict-core")


def configuration(gold: GoldSet, *, form: str, system: Mapping[str, Any], asked: int) -> dict[str, Any]:
    """Return the configuration of a run of answers."""
    return {
        **base_configuration(form=form, name=gold.name, sha256=gold.sha256, system=system),
        "asked": asked,
        "left_out": sum(problem.fatal for problem in gold.problems),
        "normalization": DECLARED,
    }


def base_configuration(*, form: str, name: str, sha256: str, system: Mapping[str, Any]) -> dict[str, Any]:
    """Return what runs of answers and of retrieval have in common."""
    return {
        "form": form,
        "testset": {"name": name, "sha256": sha256},
        "system": dict(system),
        "statistics": {"level": LEVEL, "resamples": RESAMPLES, "seed": SEED, "interval": "BCa"},
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def describe_manifest(manifest: Any) -> dict[str, Any]:
    """Return what of a bundle's manifest identifies it: its id, the hash of its contents, encoder, dictionary."""
    return {
        "bundle": manifest.id,
        "content_sha256": manifest.content_digest(),
        "encoder": manifest.encoder.name or "built-in",
        "encoder_fingerprint": manifest.encoder_fingerprint,
        "dictionary": manifest.dictionary,
        "documents": manifest.documents,
        "passages": manifest.passages,
    }
