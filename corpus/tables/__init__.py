"""Table files and the tables in texts, cell by cell with their places, and what each column holds."""
