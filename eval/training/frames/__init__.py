"""Wordings of questions about budgets, and what is fitted on them."""
