"""Fits the turn of the built-in encoder's vectors that brings questions nearer to the passages that answer them."""
