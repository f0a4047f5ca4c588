"""One adapter a format: bytes in, a Document and its Problems out."""
