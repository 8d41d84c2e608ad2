"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes (OWASP): many sign-ins at once do not fill a small machine's memory."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
