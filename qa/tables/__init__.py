"""Small tables of guides and notices: rows are lines, columns stand apart by wide spaces, tabs or bars."""
