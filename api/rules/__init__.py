"""What the rules say, as documents: made from one snapshot, kept as bytes, and named by what they are made from."""
