"""Migrations, numbered; forward from every landed state."""
