"""Measures verdicts against labels written by lawyers, and fits on labels the few weights that are fitted on them."""
