"""Everything that happens without anyone asking, sending included. May import every room below."""
