"""What reads questions about the figures of a ledger, with the models that ship."""

from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from qa.frames.frame_reader import FrameReader
from qa.frames.operation_model import shipped_operations
from qa.ledger import Ledger
from qa.ledger.describing import Describer


def frame_reader(ledger: Ledger) -> FrameReader:
    """Return the reader of one ledger."""
    describer = Describer(ledger, shared_tokenizer(), shipped_operations().words)
    return FrameReader(ledger, fresh_use(), shared_tokenizer(), describer)
