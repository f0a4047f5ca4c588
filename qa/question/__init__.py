"""A question as it is spelled, in which language, with which words, about which years."""
