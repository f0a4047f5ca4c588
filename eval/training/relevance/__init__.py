"""Fits the network that tells how well a stretch of text answers a question, and packs its word vectors."""
