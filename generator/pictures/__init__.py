"""Pictures as SVG, from data: the thousand points, maps, charts, seats."""
