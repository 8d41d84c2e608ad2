"""What is right, what it earns, what may be shown and when: values in, values out."""
