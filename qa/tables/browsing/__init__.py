"""Looking through a table: filters, search, order, pages."""
