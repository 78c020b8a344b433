"""Writers of tables and packages, one per format: the same bytes for the same input.

- `publication`: what is published, where and from what; rows and schema as all formats write them; zips, checksums
- `file_formats`: the formats of tables and of the whole package, and what none of them can hold; Parquet
- `csv_files`: CSV and JSON of one table; parts of it are CSV too
- `workbooks`: what stands on the sheets of a workbook, and the file of Excel that they are
- `databases`: the SQLite file, with its tables, its views and what explains them
- `dictionary`: what columns and codes are called and mean
- `bundles`: the zip of all, with what explains and checks it
- `verify`: the program in that zip that checks a copy; it stands alone, on Python 3.9 and the standard library
"""
