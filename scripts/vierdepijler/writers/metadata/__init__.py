"""Metadata in the words of others, all made from one model of the published descriptor.

- `catalogues`: the model: a catalogue, its data sets and files, in words of DCAT, the EU, IANA and Flanders
- `describing`: makes it from a descriptor and the files beside it, and writes the files of all others
- `dcat`: the catalogue as linked data
- `schema_org`: what search engines read, and (Croissant) those who train models
- `csvw_metadata`: what a CSV holds
- `citations`: how to cite, as CFF, BibTeX, RIS and in words
"""
