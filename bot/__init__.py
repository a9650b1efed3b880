"""The officers’ window in Slack. Imports only models."""
