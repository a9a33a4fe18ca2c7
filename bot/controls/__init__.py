"""What controls do: one file for what belongs together, all by their verbs in `all.py`."""
