"""Metadata in the words of others, all made from one model of the published descriptor.

- `catalogues`: the model: a catalogue, its data sets and their files, in the words of DCAT
- `describing`: makes it from a descriptor and the files beside it, and writes the files of all others
- `vocabularies`: the lists of words of the EU, IANA and Flanders that it uses, explained as JSON-LD
- `dcat`: the catalogue as linked data
- `schema_org`: what search engines read
- `csvw_metadata`, `croissant`: what a CSV holds, and the tables for those who train models
- `citations`: how to cite, as CFF, BibTeX, RIS and in words
"""
