"""Who holds a claim: host, process and its start, so that the claim of a dead process is known to be free."""

import os
import socket

import psutil


def this_process() -> str:
    """`host/pid/start`; the start in seconds since the host's boot, which no change of the clock moves."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(psutil.Process()):.2f}"


def is_of_this_host(owner: str) -> bool:
    return ("//" + owner).rsplit("/", 2)[0] == "//" + socket.gethostname()


def is_dead(owner: str) -> bool:
    """Whether that process is known to have ended; of another host's processes nothing is known."""
    if not is_of_this_host(owner):
        return False
    _, pid, start = ("//" + owner).rsplit("/", 2)
    try:
        process = psutil.Process(int(pid))
        return process.status() == psutil.STATUS_ZOMBIE or abs(_started(process) - float(start)) > 1
    except psutil.NoSuchProcess:
        return True
    except (psutil.AccessDenied, ValueError):
        return False


def _started(process: psutil.Process) -> float:
    return process.create_time() - psutil.boot_time()
