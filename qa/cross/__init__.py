"""A small cross-encoder: reads a question and a piece of a document together, word piece by word piece."""
