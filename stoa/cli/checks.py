"""`stoa check-deploy`: Django's own checks of a site that the world may see."""

import click
from django.core.management import CommandError, call_command


@click.command()
def check_deploy() -> None:
    """Is this site safe to show? Says nothing and exits with 0 if so.

    \b
    Example:
      STOA_HTTPS=1 STOA_HOSTS=learn.example.org stoa check-deploy
    """
    try:
        call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    except CommandError as reason:
        raise click.ClickException(str(reason)) from reason
