"""Where the tables and the keys lie."""

from storage.errors import Damaged, ForeignRing, StoreClosed, StoreError, Unusable
from storage.keyring import open_keyring
from storage.schema import is_current, migrate
from storage.store import SqlStore, open_store

__all__ = [
    "Damaged",
    "ForeignRing",
    "SqlStore",
    "StoreClosed",
    "StoreError",
    "Unusable",
    "is_current",
    "migrate",
    "open_keyring",
    "open_store",
]
