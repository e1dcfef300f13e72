"""The forms of the dashboard's settings. They translate; the domain decides."""
