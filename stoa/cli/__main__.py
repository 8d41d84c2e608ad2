"""`python -m stoa.cli` is `stoa`."""

from stoa.cli.main import main

main()
