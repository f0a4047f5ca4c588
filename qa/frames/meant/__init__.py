"""Which items of the ledger a question means: those it names, and those that it only describes."""
