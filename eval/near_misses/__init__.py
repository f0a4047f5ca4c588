"""Generated near misses: facts that only a neighbour has, over invented things, beside answerable twins."""
