"""A question → the frames it may mean, each with a probability; what is left unsaid is filled from the turns before."""
