"""Interoperability checks: what Tests/Interop/run is made of."""
