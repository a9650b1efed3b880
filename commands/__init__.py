"""The command line, a file a command: the one place where the parts are joined."""
