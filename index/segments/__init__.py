"""Segments: all that was found of some documents, written once and never changed."""
