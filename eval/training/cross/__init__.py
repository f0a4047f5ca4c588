"""Trains the cross-encoder of `qa/cross`: on JaQuAD's questions first, then on the cities'."""
