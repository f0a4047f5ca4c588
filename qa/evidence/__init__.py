"""The passages that speak of a question, and how near their words are to it."""
