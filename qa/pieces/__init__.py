"""What of a document may be an answer: cut, measured against a question, chosen."""
