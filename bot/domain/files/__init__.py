"""What people write into files, read without trust: every fault is named by its place."""
