"""The archive of the whole package, with what explains it and what checks it."""

import shutil
from pathlib import Path

from .archives import files_below, write_checksums, write_zip
from .datasette_metadata import METADATA, write_datasette_metadata
from .dictionary import DICTIONARY, write_dictionary
from .publication import Publication
from .readmes import TEXTS, write_readmes

CHECKSUMS = "SHA256SUMS"
VERIFY = "verify.py"


def write_bundle(publication: Publication, folder: Path) -> None:
    """Add the dictionary, the texts and the program that checks, and pack all that lies in `folder`.

    The checksums in the archive are those of all else in it; those beside it know the archive as well.
    """
    write_dictionary(publication, folder / DICTIONARY)
    write_datasette_metadata(publication, folder / METADATA)
    shutil.copyfile(TEXTS / VERIFY, folder / VERIFY)
    write_readmes(publication, folder, [*files_below(folder), CHECKSUMS])
    checksums = folder / CHECKSUMS
    write_checksums(files_below(folder), checksums)
    archive = folder / publication.package.archive
    write_zip(files_below(folder), archive)
    write_checksums({name: path for name, path in files_below(folder).items() if path != checksums}, checksums)
