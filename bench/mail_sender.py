"""Empties the outbox of the site that the environment names into a mail server of this machine, until it is killed.

python -m bench.mail_sender PORT CONNECTIONS      prints a line when it begins
"""

import sys

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.rules.servers import Security, Server

if __name__ == "__main__":
    server = Server(host="127.0.0.1", port=int(sys.argv[1]), security=Security.PLAIN)
    print("sending", flush=True)
    actions.drain(office=lambda: actions.SmtpOffice(server), clock=now, senders=int(sys.argv[2]))
