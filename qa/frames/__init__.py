"""What a question about figures asks for, as data: read by a model, computed exactly."""
