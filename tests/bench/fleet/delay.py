#!/usr/bin/env python3
"""delay.py NEAR FAR MILLISECONDS: joins two bridges and holds every frame that long on its way, for kernels without netem.

For each "count" on standard input it prints, as JSON, how often the near side spoke to each address of the far side
after having been spoken to: the turns of the talk, each of which costs a round trip. It ends with its input."""
import fcntl
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections import deque

TUNSETIFF, TAP_WITHOUT_HEADER = 0x400454CA, 0x1002
SYN = 2


def tap(name, bridge):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH", name.encode(), TAP_WITHOUT_HEADER))
    subprocess.run(["ip", "link", "set", name, "master", bridge, "up", "txqueuelen", "10000"], check=True)
    return fd


class Turns:
    """Counts, for each far address, how often it was the near side's turn to speak."""

    def __init__(self):
        self.listened, self.turns = {}, {}

    def see(self, frame, outward):
        if frame[12:14] != b"\x08\x00" or frame[23] != 6:
            return
        tcp = 14 + (frame[14] & 15) * 4
        length = struct.unpack_from("!H", frame, 16)[0] - (tcp - 14) - (frame[tcp + 12] >> 4) * 4
        syn = frame[tcp + 13] & SYN
        if length <= 0 and not syn:
            return
        ports = frame[tcp:tcp + 4]
        far = frame[30:34] if outward else frame[26:30]
        talk = (far, ports if outward else ports[2:] + ports[:2])
        if not outward:
            self.listened[talk] = True
        elif self.listened.get(talk, True):
            self.listened[talk] = False
            self.turns[far] = self.turns.get(far, 0) + 1

    def take(self):
        counted = {".".join(map(str, far)): turns for far, turns in self.turns.items()}
        self.turns = {}
        return counted


def main():
    # Ctrl-C reaches all of a terminal; what started this ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    near, far, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]) / 1000
    inner, outer = tap("dfb-near", near), tap("dfb-far", far)
    other, waiting, turns = {inner: outer, outer: inner}, deque(), Turns()
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, to, frame = waiting.popleft()
            try:
                os.write(to, frame)
            except OSError:
                pass  # a full queue loses frames, as a real one does
        patience = max(0.0, waiting[0][0] - time.monotonic()) if waiting else 1.0
        ready, _, _ = select.select([inner, outer, 0], [], [], patience)
        for fd in ready:
            if fd == 0:
                if not sys.stdin.readline():
                    return
                print(json.dumps(turns.take()), flush=True)
                continue
            for _ in range(64):
                try:
                    frame = os.read(fd, 65536)
                except BlockingIOError:
                    break
                turns.see(frame, fd == inner)
                waiting.append((time.monotonic() + seconds, other[fd], frame))


if __name__ == "__main__":
    main()
