"""Documents in; passages and figures out. The lowest folder: it imports nothing of the house."""
