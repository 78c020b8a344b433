"""What a validation found, and the forms in which it is told."""
