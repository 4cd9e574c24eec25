"""Updates over the air: the other slot is fetched bit by bit, checked, then tried.

Loaded only while there is an offer, or this very version is on trial: it takes heap.
"""

from binnode.updates.fetching import advance
from binnode.updates.installing import conclude

__all__ = ("advance", "conclude")
