"""Figures: documents traced both ways, the index of figures, and drafts of new tables.

From a document to the data and back
    documents           a source document: its lines and items, read from text, Word or PDF
    quotations          where the words of a cell stand in it, and which cells say so
    alignments          which recorded sentences stand in it, what stands between them, and both with words hidden
    traces              every figure to what accounts for it, every cell to its place; what it says otherwise
    patterns            the rows of the last answer, beside which a new document is laid
    registrations       what is recorded of a new answer beside its figures
    proposals           the rows drafted for its figures
    trace_text          traces and proposals in words
What a figure is and was
    figure_records      its name, and its value release by release; the files behind
                        "Does my number still hold?"
A new table
    foreign_csv         a CSV file as somebody gives it
    table_resources     its resource, and what its cells and the package tell about its columns
    new_tables          drafted, tried in a copy, asked about and written
"""
