"""The public form: it makes the same raw message that email makes."""
