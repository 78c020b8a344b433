"""What a validation found, and the forms in which it is told.

reports          the report, its summary in words, and the list of forms
report_formats   the forms that programs read: JSON, CSV, GitHub, SARIF, JUnit
"""
