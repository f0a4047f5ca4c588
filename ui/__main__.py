"""`python -m ui` is the command line, for where it is not installed."""

from ui.cli import main

main()
