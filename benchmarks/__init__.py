"""How fast ITPulse is on this machine, beside the bare library that it stands on."""
