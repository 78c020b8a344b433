"""The static API: `/api/v1/…json`, made from the published package, one file for each address.

Module by module:
    endpoint           what an endpoint is, what it can ask of the package, and the names of its files
    endpoints          every endpoint of `endpoints.yml`, their document and page, and the writing of answers
    table_answers      tables, their schemas and lists of codes
    figure_answers     figures and releases
"""
