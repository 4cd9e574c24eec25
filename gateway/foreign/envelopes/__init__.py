"""What servers wrap a device's bytes in, one module for each kind of server."""
