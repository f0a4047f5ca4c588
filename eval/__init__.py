"""Test sets in, scores with confidence intervals out. Imports `qa` and below."""
