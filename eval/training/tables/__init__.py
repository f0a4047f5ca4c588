"""Questions of tables with what they ask, and the commands that fit the models of `qa.tables`."""
