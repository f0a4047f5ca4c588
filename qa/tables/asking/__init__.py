"""What a question asks: forms, operation, columns, conditions."""
