"""One folder is one platform; each turns payloads into events and cards into its own shapes."""
