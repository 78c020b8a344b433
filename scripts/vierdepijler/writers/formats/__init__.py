"""Writers of tables and packages, one per format: the same bytes for the same input.

- `publication`: what is published, where and from what, and the rows and schema of a table as all formats write them
- `file_formats`: the formats that every table, and the whole package, are published in, and what none of them can hold
- `csv_files`, `json_files`, `parquet_files`: the formats of one table; parts of it are CSV too
- `spreadsheets`, `workbooks`: a workbook of Excel as a file, and what stands on its sheets
- `databases`: the SQLite file, with its tables, its views and what explains them
- `dictionary`: what columns and codes are called and mean
- `archives`: zips and checksums of files that were written already
- `bundles`: the zip of all, with what explains and checks it
- `verify`: the program in that zip that checks a copy; it stands alone, on Python 3.9 and the standard library
"""
