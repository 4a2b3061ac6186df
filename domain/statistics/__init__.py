"""Every metric once: definition, cohort, period, numerator, denominator."""
