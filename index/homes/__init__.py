"""A home: its bundle, its own documents and its settings, changed together or not at all."""
