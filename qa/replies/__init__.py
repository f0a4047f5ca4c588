"""What a reply may say: quotes, checks before it is shown, the counter's own words, the record of all faces."""
