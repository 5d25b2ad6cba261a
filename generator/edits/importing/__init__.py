"""From a spreadsheet of COP to files.

`workbooks` reads the rows (`sheets` opens a workbook apart), `headings` says which key each column fills, `cells` and
`rows` make an entry of each row, `naming` gives it a file, `plans` holds all of them against the checks, `reports`
tells what was found.
"""
