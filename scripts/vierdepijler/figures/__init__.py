"""Figures: documents traced both ways, the index of figures, and drafts of new tables.

From a document to the data and back
    documents           a source document: its lines and items, read from text, Word or PDF
    quotations          where the words of a cell stand in it, and which cells say so
    alignments          which recorded sentences stand in it, and what stands between them
    changed_sentences   what it says otherwise, and which cells stand on that
    traces              every figure to what accounts for it, every cell to its place
    masks, patterns     recorded sentences with their words hidden, beside which a new document is laid
    registrations       what is recorded of a new answer beside its figures
    proposals           the rows drafted for its figures
    trace_text          traces and proposals in words
What a figure is and was
    figure_records      its name, and its value release by release
    figure_index        the files with all figures and all tables, for "Does my number still hold?"
A new table
    foreign_csv         a CSV file as somebody gives it
    table_resources     its resource, and what its cells and the package tell about its columns
    new_tables          drafted, tried in a copy, asked about and written
"""
