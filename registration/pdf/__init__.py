"""Forms on paper: the only package that knows reportlab. The public names are these."""
