"""What arrives: mailboxes, the parser, the route table and the web form. Imports only models."""
