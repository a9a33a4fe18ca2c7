"""One file is one word of `/itpulse`."""
