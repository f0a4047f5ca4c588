"""Word, PowerPoint and OpenDocument text → Documents."""
