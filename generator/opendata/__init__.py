"""The data as others reuse them: exports, tables, the finder’s and the form’s files."""
