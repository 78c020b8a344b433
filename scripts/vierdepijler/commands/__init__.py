"""What a command does, each beside what the commands share.

command_line    options, how problems and exit codes are shown, and what a verb reads: unchanged, it makes nothing again
validating      the check, in the form and language asked for, with the pages tried
publishing      every table in every format, described, with checksums
sealing         a release, which never changes again
answering       a new answer, drafted beside the last and written, or taken back
comparing       what differs between two packages, in words
live            the site while it is worked on, with `make site` run beside it
working_copy    what is shown of it at once after a change
"""
