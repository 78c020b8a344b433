"""How good the published metadata are, by the measures of others.

published_site    a site as a visitor, a reader of linked data and a portal find it
scores            the questions of data.europa.eu, and what each scores, beside what its table says
"""
