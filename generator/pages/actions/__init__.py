"""What the COP do, side by side: their engagements, their documents."""
