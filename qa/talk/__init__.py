"""What is typed at the counter and asks nothing of the documents: told from questions, and what is said to it."""
