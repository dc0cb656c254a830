"""Attacks on the whole program: by words, by rights, by malformed input."""
