"""Verbs: what a person may do to a case, each with what it asks for, so that every window can offer it."""
