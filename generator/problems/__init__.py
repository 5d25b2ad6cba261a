"""What is wrong in the data, and every way to say it."""
