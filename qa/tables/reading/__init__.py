"""The frames that a question may mean, and how likely each is."""
