"""Questions of tables: what cells and columns a question names, what it asks of them, and the exact answer."""
