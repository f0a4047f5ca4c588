"""Training data of this project, and the commands that fit what is learned."""
