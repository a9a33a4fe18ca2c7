"""What is set up in chat: one file a topic, each with its forms (`STEPS`) and buttons (`DEEDS`)."""
