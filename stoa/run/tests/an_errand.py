"""An errand for tests: it says what was loaded and who began it, waits until it may end, and ends with a code."""

import os
import sys
import time
from pathlib import Path

code, may_end = sys.argv[1:]
loaded = "stoa.run.tests.one_load" in sys.modules
sys.stdout.write(f"{loaded} {os.getppid()}\n")
while not Path(may_end).exists():
    time.sleep(0.02)
sys.exit(int(code))
