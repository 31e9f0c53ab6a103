"""Stands in for the part of systemd that opens sockets: hands listening sockets over to a command, as
sd_listen_fds(3) describes it.

python opened.py NUMBER,NUMBER… COMMAND…      (file descriptors of this process)
"""

import fcntl
import os
import sys

numbers = [int(number) for number in sys.argv[1].split(",")]
# Copies above the places where they are to go: one must not be closed by another.
copies = [fcntl.fcntl(number, fcntl.F_DUPFD, 100) for number in numbers]
for place, copy in enumerate(copies, start=3):
    os.dup2(copy, place)
    os.close(copy)
os.environ |= {"LISTEN_FDS": str(len(copies)), "LISTEN_PID": str(os.getpid())}
os.execvp(sys.argv[2], sys.argv[2:])
