"""What a person may be about to type: the titles, headings and questions of the documents, found while typing."""
