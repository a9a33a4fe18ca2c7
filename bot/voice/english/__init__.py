"""How English is read: what a text's words say, and what a model makes of it."""
