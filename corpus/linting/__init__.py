"""Signs of a bad extraction: a Document in; out comes what may be cited of it, and a Problem for whatever may not."""
