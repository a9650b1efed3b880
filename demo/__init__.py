"""A pretend council on one machine: a stand-in for Slack, a page to press buttons on, sample letters."""
