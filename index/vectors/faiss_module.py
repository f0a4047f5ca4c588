"""FAISS, imported when first needed, on as many threads as the work deserves."""

import os
from types import ModuleType


def faiss_module(*, threads: int | None = None) -> ModuleType:
    """Return the library, set to so many threads for the calling thread; None takes all cores."""
    import faiss

    module: ModuleType = faiss
    module.omp_set_num_threads(threads or len(os.sched_getaffinity(0)))
    return module
