"""Figures out of documents: amounts in text, outlines that came out jumbled, tables in CSV and XLSX."""

from corpus.tables.reading import read_tables

__all__ = ["read_tables"]
