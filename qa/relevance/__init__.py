"""How well a stretch of text answers a question: a small network over word vectors, trained on JaQuAD."""
