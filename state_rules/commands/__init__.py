"""The subcommands of ``python -m state_rules``, one module each: ``add`` says what it takes and what runs."""
