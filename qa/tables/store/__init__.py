"""Tables as the bundle keeps them: cells column by column, and which cells hold which letters."""
