"""Places: what they are, what people call them, where they lie."""
