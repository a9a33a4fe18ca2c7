"""Where the tables and the keys lie."""

from storage.errors import Damaged, ForeignRing, StoreClosed, StoreError, Unusable
from storage.keyring import open_keyring
from storage.schema import is_current, migrate, migrate_if_needed
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
    "migrate_if_needed",
    "open_keyring",
    "open_store",
]
