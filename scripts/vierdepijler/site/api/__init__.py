"""The static API: `/api/v1/…json`, made from the published package, one file for each address.

Module by module:
    endpoint           what an endpoint is, what it can ask of the package, and the names of its files
    endpoints          every endpoint of `endpoints.yml`, and the writing of all answers
    table_answers      tables, their schemas and lists of codes
    figure_answers     figures and releases
    openapi            the shapes of answers, and the document that describes them all
    examples           each endpoint as its page shows it
"""
