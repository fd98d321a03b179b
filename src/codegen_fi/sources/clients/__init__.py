"""The processes that hold a client library: the only place that imports one.

Each runs apart from the tool, because nothing inside a process bounds how long these libraries
retry, and because they print, keep threads and change settings of the whole process.
"""
