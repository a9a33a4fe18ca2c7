"""Where the tables and the keys lie."""
