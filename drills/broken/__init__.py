"""The product with one of its safeguards taken out, as settings of a drill's own processes and of nothing else.

A drill on them has to turn red (``tests/drills/test_broken_code.py``): what is green whatever is broken shows nothing.
"""
