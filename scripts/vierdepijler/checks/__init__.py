"""What is asked of a package: its schemas, our own rules, what authors wrote, and the reports of it."""
