"""The sections of a transaction, one file each: statements above, and what runs them below.

Statements are built once, when the module is imported, so that SQLAlchemy finds them compiled.
`postgresql.insert` is written for both databases: SQLite spells ON CONFLICT the same way.
"""
