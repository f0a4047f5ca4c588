"""Figures out of documents: amounts in text, outlines that came out jumbled, tables in CSV and XLSX."""
