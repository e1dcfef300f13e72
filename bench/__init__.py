"""What the fast paths cost, measured side by side. ``python -m bench`` prints every table."""
