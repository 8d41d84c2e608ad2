"""Every contract of the house in one call: imports, then the house checks.

python -m tools.contracts
"""

import sys

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tools import house


def main() -> int:
    """Check the imports against pyproject.toml, then the house."""
    imports = lint_imports(no_cache=True)
    return house.main() or int(imports != EXIT_STATUS_SUCCESS)


if __name__ == "__main__":
    sys.exit(main())
