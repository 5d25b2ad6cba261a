"""The pages of the entries: COP, trainings, news."""
