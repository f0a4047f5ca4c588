"""What is computed when an index is built, and how documents come into it and leave it."""
