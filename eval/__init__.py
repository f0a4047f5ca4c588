"""Test sets in, scores with confidence intervals out. Write `from eval.runs import …`: `eval` is a builtin name."""
