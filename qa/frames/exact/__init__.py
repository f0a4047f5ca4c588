"""What is exact in a question: years, amounts, places in an order, sources; taken out, so that the rest is alike everywhere."""
