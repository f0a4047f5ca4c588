"""Talk that is no question about documents, and the fit of what tells it."""
