"""What is raised inside an adapter where a file is not read, to become a Problem."""


class RefusedError(ValueError):
    """A file is not read; the message is Japanese, names what is wrong and the cure."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code
