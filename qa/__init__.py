"""A question in, a reply out. Imports `index` and `corpus`."""
