"""Measures the built counter as its users meet it: `make bench` prints a table and writes JSON."""
