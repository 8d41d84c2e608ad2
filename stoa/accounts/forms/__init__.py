"""What people type about themselves. `newcomer` is loaded by allauth's forms, and `sign_in` loads them: two files."""
