"""The partners' dashboard: signing in, members, and the pages of one partner."""
