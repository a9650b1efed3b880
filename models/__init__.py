"""What a case is and what may happen to it. Imports no other room; every other room may import it."""
