"""Figures out of documents: amounts in text, outlines that came out jumbled, tables in CSV and XLSX."""

from corpus.types import Document, Tables


def read_tables(document: Document) -> Tables:
    """Return what the tables of `document` hold: rows of a table file, or a budget outline in running text."""
    # Imported here: answering a question needs `amounts` and `storing` only, and must start fast.
    from corpus.budgets.reading import read_tables as read

    return read(document)
