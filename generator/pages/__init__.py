"""Every HTML page: the engine's hand-written ones with their blocs, and those made from the data."""
