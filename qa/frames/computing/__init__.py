"""A frame → the reply that the ledger's figures give, exactly; None where they do not give one."""

from qa.frames.computing.dispatching import compute

__all__ = ["compute"]
