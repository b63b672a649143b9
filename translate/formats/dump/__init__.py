"""A MediaWiki export: one XML file with many pages, read and written one page at a time.

``archives`` opens the file however it is packed, ``reading`` gives its pages, ``writing`` makes an export again, ``source`` is the format that the pipeline knows.
"""

from translate.formats.dump.reading import DumpPage, Head, Reading
from translate.formats.dump.source import FORMAT, Dump

__all__ = ["FORMAT", "Dump", "DumpPage", "Head", "Reading"]
