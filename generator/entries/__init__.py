"""From a file’s bytes to sound data, and back."""
