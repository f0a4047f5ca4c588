"""A segment's terms by a SparseEncoder, where the settings name one; it runs in one process, on all cores."""

from itertools import islice
from pathlib import Path

from index.encoders.sparse_leg import SparseTermEncoder, fit_sparse, joined
from index.passages import PASSAGES_FILE, SegmentPassages

_AT_ONCE = 256


def write_sparse(folder: Path, encoder: SparseTermEncoder) -> None:
    """Encode every passage of the segment with its title, and write the leg's files."""
    texts = (passage.indexed_text for passage in SegmentPassages(folder / PASSAGES_FILE).passages())
    parts = []
    while batch := list(islice(texts, _AT_ONCE)):
        parts.append(encoder.encode_passages(batch))
    fit_sparse(joined(parts)).save(folder)
