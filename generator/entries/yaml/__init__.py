"""YAML read as text first, with the place of every key and value."""
