"""The ground floor: engine, commands, questions, cards and the domain."""
