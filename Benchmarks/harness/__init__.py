"""What Benchmarks/instructions and Benchmarks/allocations share: an upstream, a gateway and one patient client."""
