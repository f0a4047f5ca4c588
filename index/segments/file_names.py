"""What the files of a segment are called that are read without what writes them."""

IDS, KEY = "passages.ids", "ids"
"""The file of the passages' ids, and the name of the array in it."""
PROBLEMS_FILE = "problems.json"
