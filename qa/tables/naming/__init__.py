"""Which cells a question names, by letters or by meaning, and how surely."""
