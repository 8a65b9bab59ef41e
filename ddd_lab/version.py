"""The version of DDD Lab: the canvas, the kernel, the server and the plugin compare theirs."""

__version__ = "0.1.0"
