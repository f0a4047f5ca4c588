"""Questions in other languages than Japanese: answered from the ledger and the passages by meaning."""
