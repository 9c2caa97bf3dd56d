"""Niangjia 娘家: the whole daily work of a municipal federation of trade unions."""

__version__ = "0.1.0"
