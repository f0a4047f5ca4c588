"""Where vectors are kept and the nearest ones are found: exactly while they are few, in inverted lists when many."""
