"""What writes entries: alone may write in cops/ and content/."""
