"""Readers of what is learned: weights in, scores out, in NumPy; `eval/training` fits the weights."""
