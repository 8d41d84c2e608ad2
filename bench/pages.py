"""What pages cost: CPU per request (app and database apart), requests a second, queries, bytes, quiz attempts a second.

python -m bench.pages COURSE [--learners 1000] [--seconds 2]      COURSE: an Open edX export to fill the site with
"""

import argparse
from pathlib import Path

from bench.site import a_site, inside, stoa


def main() -> None:
    """Make a site with the course in it, and measure it in a process that lives in that site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("course", type=Path, help="an Open edX export, folder or .tar.gz")
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load for each number of connections")
    options = parser.parse_args()
    with a_site() as site:
        stoa(site.environment, "import", str(options.course.resolve()))
        words = {"learners": options.learners, "seconds": options.seconds, "database": site.postmaster}
        inside(site, "bench.page_costs", *(f"--{name}={value}" for name, value in words.items()))


if __name__ == "__main__":
    main()
