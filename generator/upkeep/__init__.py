"""What helps the people who read the proposals and keep the entries fresh."""
