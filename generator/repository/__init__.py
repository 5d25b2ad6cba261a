"""One state of the repository: its settings, what its files say, its history and its forge."""
