"""The pages that people write: what each says of itself, and the blocs that they place in it."""
