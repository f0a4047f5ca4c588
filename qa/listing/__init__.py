"""Lists in a passage: marked lines, tables, titles, clauses, and names inside a sentence."""
