"""The package in memory: reading it, its tables, cells and texts, problems, messages, and one way of writing.

Every other wing stands on this one. Each module is a face of its own, for who needs the words of a message need not
load Arrow; `columnar` is a folder that works without the rest.

- reading: a package, read from disk by `read_package`
- descriptors: `datapackage.json`, its shape, and the lines of its parts
- references: what a descriptor refers to, put in its place
- gathering: tables that are in no plain CSV file: in any dialect, in several files, in other forms
- package: the package in memory, with the tables that are too large to hold
- tables: a table, its fields, typed values and keys
- cells: a cell, its address, and the figures
- columnar: the check of tables in columns
- text: numbers, dates and sizes for a reader of a language
- yaml_texts: YAML, and the lines of JSON
- notations: numbers, dates and formulas in the text of a cell
- problems: what is wrong with the content, and where, in plain words of English and of Dutch
- text_files: files of text that others wrote, and read errors
- writing: one way of writing
- staging: folders and files that change in one step, and what takes long to make, kept for the next run
- progress: how far long work is
- processes: work that is done side by side
"""
