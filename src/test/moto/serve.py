"""moto's server on a free port. It ends when its standard input does, so it never outlives the tests that started it."""

import os
import sys
import threading

from moto.server import main


def end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
