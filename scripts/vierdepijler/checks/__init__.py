"""What is asked of a package before it is published: its schemas, our own rules, what authors wrote, and the reports.

checking        the check of a package, from schemas to pages, and of its parts where it is too large to hold
changes         the scope: what git saw touched, with the tables tied to it
schemas         the check of each table against its schema
schema_errors   what Frictionless found, in plain words
rules           a rule per question, each with its explanation
pages           what authors wrote: pages, blocks, charts
reports         the report, and its text; report_formats: the forms that programs read
"""
