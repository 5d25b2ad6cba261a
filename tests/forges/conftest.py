"""The runs of the workflows take minutes and tools of their own: `make forge` alone asks for them."""

import os

collect_ignore = [] if "FORGE" in os.environ else ["test_runs.py"]
