"""What mails cost: queued by one statement or one by one, sent to a local server, through a slow one, under kill -9.

python -m bench.mail [--mails 10000] [--kills 50]

Makes a site of its own. Prints a line for each figure, and one JSON object.
"""

import argparse

from bench.site import a_site, inside, stoa


def main() -> None:
    """Make a site, and measure it in a process that lives in that site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    with a_site() as site:
        stoa(site.environment, "prepare", "--bare")
        inside(site, "bench.mail_costs", f"--mails={options.mails}", f"--kills={options.kills}")


if __name__ == "__main__":
    main()
