"""How good the published metadata are, by the measures of others.

published_site    a site as a visitor, a reader of linked data and a portal find it
metadata_points   the questions of data.europa.eu, and conformance to DCAT-AP
scores            what each question scores, beside what its table says
"""
