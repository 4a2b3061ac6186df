"""What is true: models, services and rules."""
