"""The metronome: one file is one tick."""
