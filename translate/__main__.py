"""``python -m translate``: the command line."""

from translate.cli import main

main()
