"""Take in an operator's own bins: text to rows, rows to the database."""

from backend.imports.bins import BinFile, decode, read_bins
from backend.imports.errors import BadRow, ImportRefusedError, Problem
from backend.imports.organisation import choose_organisation
from backend.imports.take_in import TakenIn, take_in

__all__ = [
    "BadRow",
    "BinFile",
    "ImportRefusedError",
    "Problem",
    "TakenIn",
    "choose_organisation",
    "decode",
    "read_bins",
    "take_in",
]
