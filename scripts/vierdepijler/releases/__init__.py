"""Releases: what was published, kept and held against what is now.

A release is its text files, each known by its hash; workbooks, databases and zips are made of the latest alone.

- `archives`: the folder that keeps each release, the list of all, and which version comes next
- `differences`: what differs between two packages: tables, columns, rows, cells and texts
- `corrections`: which of that counts, and what the table of corrections says of it
- `release_files`: the list of releases and of what changed between them, for programs
- `feeds`: the same as news, in Atom
"""
