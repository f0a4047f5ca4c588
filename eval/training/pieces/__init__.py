"""Fits what chooses an answer among the pieces of documents."""
