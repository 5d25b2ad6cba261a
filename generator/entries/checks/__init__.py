"""What a schema cannot say: places, persons, dates, what files say against each other."""
