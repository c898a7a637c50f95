#pragma once

namespace sohoa {

/// Drops what a process that parses scans does not need: core dumps, more than `megabytes` of
/// address space and `dataMegabytes` of private memory (0: the same limit; file mappings excluded),
/// network, starting programs, access to other processes. Irrevocable. Call it after the libraries
/// have loaded everything they need. Returns false when the kernel has no seccomp (the limits still
/// apply).
bool enterSandbox(int megabytes, int dataMegabytes);

}  // namespace sohoa
