"""Passages in, ranked hits out; the built index on disk. Imports only `corpus`."""
