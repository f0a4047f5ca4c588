"""Fits the ranker that fuses the legs of the search."""
