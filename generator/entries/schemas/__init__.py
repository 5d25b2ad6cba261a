"""The JSON Schemas of schema/: typing of what was read, and every breach in French."""
