"""Runs a command to its end and prints what it took as JSON: measure.py COMMAND [ARGUMENT]...

`wall` and `cpu` in seconds, `peak` in bytes of resident memory: the command's own, as the kernel counted them (wait4).
"""
import json
import os
import sys
import time

began = time.perf_counter()
pid = os.posix_spawnp(
    sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
)
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - began
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * scale}))
sys.exit(os.waitstatus_to_exitcode(status))
