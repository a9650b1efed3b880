"""An opinion on a text. Imports only models/rules, so it can be trained and judged with no database."""
