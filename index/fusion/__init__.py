"""From the rankings of all legs to one: a small ranker whose weights depend on what the query is like."""
