"""Every HTML page."""
