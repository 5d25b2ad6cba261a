"""`python -m tests.factory FOLDER --cops 1000`: a whole repository of fictitious entries."""

import sys

from tests.factory.repositories import main

sys.exit(main())
