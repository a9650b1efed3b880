"""The pure part: dates, procedures, steps and words. No tables, no clock, no input or output."""
