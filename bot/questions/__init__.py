"""One file is one way of asking."""
