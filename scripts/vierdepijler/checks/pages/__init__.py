"""What authors of pages wrote: what would be wrong or unsafe on a page, without making it.

prose          numbers and claims that are typed and should come from a cell; garbled letters, and what would run
chart_specs    a chart as its file declares it, and what its tables and fields have against it
"""
