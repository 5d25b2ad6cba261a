"""From a request made on the forge to an entry."""
