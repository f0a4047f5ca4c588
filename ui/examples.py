"""Example questions for the page, made from the documents themselves: any city's documents bring their own."""

from qa.assistant import Assistant


def example_questions(assistant: Assistant) -> tuple[str, ...]:
    """Return a few questions that the documents answer."""
    return ()
