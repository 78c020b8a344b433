"""What is published of a package: its tables in every format, and what says to others what they are.

- `formats`: a writer for each format, the same bytes for the same input
- `metadata`: what portals, search engines and citation managers read
"""
