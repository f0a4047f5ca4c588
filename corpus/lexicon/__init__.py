"""What is exact in a text, recognised by its form: years and amounts, one recogniser each, used by every floor."""
