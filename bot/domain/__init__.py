"""What the words mean: people, pulses, rounds, ballots, releases, and the numbers over them."""
