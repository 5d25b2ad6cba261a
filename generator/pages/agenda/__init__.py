"""What is to come: rows, months, what one can follow."""
