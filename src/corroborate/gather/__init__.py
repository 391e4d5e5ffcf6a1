"""Bytes to documents: finding the items of files, folders, archives and standard input, and opening each by its format.

`find` gives items whose bytes can be kept before anything reads them; `open_item` gives the documents of one item.
"""

from corroborate.gather.find import find
from corroborate.gather.item import Item, Opened
from corroborate.gather.opening import open_item

__all__ = ["Item", "Opened", "find", "open_item"]
