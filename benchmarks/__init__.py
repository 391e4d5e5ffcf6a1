"""What the program is measured with: one module a task, each called as `python -m benchmarks.NAME DATA...`."""

import os

# One thread, as the command line reads (`corroborate.cli`): set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
