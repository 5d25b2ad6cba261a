"""The command `cop`: parse, call one function, print, exit."""
