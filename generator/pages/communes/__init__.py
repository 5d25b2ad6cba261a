"""One page per commune of the perimeter: its COP or how to ask for one, what is near, what is alike."""
