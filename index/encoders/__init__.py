"""What turns texts into vectors: the built-in encoder (Universal Sentence Encoder) and any other model by name."""
