"""Test sets in the forms people have, each row validated, problems listed with row and column."""
