"""The ways out: email and Slack. Each answers sent, temporary, permanent, technical or uncertain."""
