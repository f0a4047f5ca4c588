"""Budgets in running text that print every amount beside its name."""
