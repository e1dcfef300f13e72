"""One module for each family of drills."""
