"""What is published of a package: its tables in every format, its metadata, and how a web server must answer."""
