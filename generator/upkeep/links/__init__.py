"""The external links of the entries: visited, compared with former visits, told. Never part of a check or a build."""
