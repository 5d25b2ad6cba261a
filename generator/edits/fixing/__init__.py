"""Corrections that are certain enough to be made without a person."""
