"""PDF: characters with their places in, a Document with pages, headings and tables out."""
