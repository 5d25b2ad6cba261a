"""Rebuilds the reference data from two pinned public packages; never part of a build."""
