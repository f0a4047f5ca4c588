"""Short answers by extraction: candidate spans stored at build time, ranked by small trees when asked."""
