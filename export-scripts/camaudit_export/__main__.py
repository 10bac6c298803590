"""`python -m camaudit_export`."""

import sys

from camaudit_export.cli import main

if __name__ == "__main__":
    sys.exit(main())
