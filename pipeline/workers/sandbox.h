#pragma once

namespace sohoa {

/// Gives up what a process that parses scans has no use for: core dumps, more memory than
/// `megabytes` of addresses and `dataMegabytes` of its own (0: the same; mapped files apart), the
/// network, other programs, other processes. Irrevocable. Call once the libraries have loaded what
/// they need. Returns false when the kernel has no seccomp (the limits still hold).
bool enterSandbox(int megabytes, int dataMegabytes);

}  // namespace sohoa
